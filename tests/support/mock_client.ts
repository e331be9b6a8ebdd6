import { type ClientOptions, RolloutsClient } from "../../mod.ts";
import type { MockOpenRouter } from "../../src/testing/mod.ts";

/** A reasoning model of the mock server. */
export const MODEL = "qwen/qwen3-30b-a3b";

/** Creates a client of a mock server. It caches only if the options have a `cacheDir`. */
export function mockClient(
  mock: MockOpenRouter,
  options: Partial<ClientOptions> = {},
): RolloutsClient {
  return new RolloutsClient({
    model: MODEL,
    baseUrl: mock.baseUrl,
    apiKey: "sk-test",
    server: "openrouter",
    useCache: options.cacheDir !== undefined,
    ...options,
  });
}
