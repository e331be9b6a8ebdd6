import { type ClientOptions, RolloutsClient } from "../../mod.ts";
import type { LlamaServer } from "./start_llama_server.ts";

/**
 * A name for which the client knows the chat template: ChatML, which is also the tiny model's. The
 * server ignores it.
 */
export const MODEL = "qwen3-0.6b";

/** Creates a client of the tiny model, which samples from its own probabilities. */
export function llamaClient(
  { baseUrl }: LlamaServer,
  options: Partial<ClientOptions> = {},
): RolloutsClient {
  return new RolloutsClient({
    model: MODEL,
    baseUrl,
    temperature: 1,
    topP: 1,
    maxTokens: 400,
    useCache: false,
    maxRetries: 0,
    logLevel: "error",
    ...options,
  });
}
