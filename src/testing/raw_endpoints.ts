import { type MockEndpoint, mockEndpoint } from "./endpoints.ts";

/** One provider for each thing that can come of a raw text. */
export const RAW_ENDPOINTS: readonly MockEndpoint[] = [
  mockEndpoint("DeepInfra", "fp4", { raw: "plain" }),
  mockEndpoint("Groq", "unknown", {
    raw: "refuse",
    promptPrice: "0.000000075",
    completionPrice: "0.0000003",
  }),
  mockEndpoint("Novita", "bf16", {
    raw: "strip",
    promptPrice: "0.00000005",
    completionPrice: "0.00000025",
    latencyMs: 5,
  }),
  mockEndpoint("Together", "unknown", {
    raw: "wrap",
    promptPrice: "0.00000015",
    completionPrice: "0.0000006",
    latencyMs: 2,
  }),
];
