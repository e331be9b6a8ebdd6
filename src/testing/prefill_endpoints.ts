import { type MockEndpoint, mockEndpoint } from "./endpoints.ts";

/**
 * One provider for each thing that can come of a prefill, so that a probe of one model has to tell
 * them all apart. Two of them differ only where the prefill closes its thought ("reasoning",
 * "misfiled"), and one needs several seeds ("mixed").
 */
export const PREFILL_ENDPOINTS: readonly MockEndpoint[] = [
  mockEndpoint("DeepInfra", "fp8", { prefill: "reasoning" }),
  mockEndpoint("Novita", "fp8", {
    prefill: "content",
    raw: "strip",
    promptPrice: "0.0000002",
    completionPrice: "0.0000008",
    latencyMs: 3,
  }),
  mockEndpoint("Nebius", "fp8", {
    prefill: "echo",
    promptPrice: "0.0000002",
    latencyMs: 6,
  }),
  mockEndpoint("Friendli", "bf16", {
    prefill: "echo_content",
    promptPrice: "0.00000018",
    completionPrice: "0.00000072",
    latencyMs: 2,
  }),
  mockEndpoint("Together", "fp8", {
    prefill: "echo_prefill",
    promptPrice: "0.0000002",
    latencyMs: 4,
  }),
  mockEndpoint("Parasail", "fp8", {
    prefill: "misfiled",
    promptPrice: "0.00000018",
    completionPrice: "0.00000085",
    latencyMs: 8,
  }),
  mockEndpoint("Cerebras", "fp16", {
    prefill: "hidden",
    raw: "wrap",
    promptPrice: "0.0000006",
    completionPrice: "0.0000012",
  }),
  mockEndpoint("Fireworks", "fp8", {
    prefill: "ignore",
    promptPrice: "0.00000022",
    completionPrice: "0.00000088",
    latencyMs: 1,
  }),
  mockEndpoint("Alibaba", "unknown", {
    prefill: "answer",
    raw: "wrap",
    promptPrice: "0.0000007",
    completionPrice: "0.0000084",
    latencyMs: 10,
  }),
  mockEndpoint("Groq", "unknown", {
    prefill: "reject",
    raw: "refuse",
    promptPrice: "0.00000029",
    completionPrice: "0.00000059",
  }),
  mockEndpoint("SiliconFlow", "fp8", {
    prefill: "mixed",
    promptPrice: "0.00000035",
    completionPrice: "0.00000142",
    latencyMs: 5,
  }),
];
