import { type ClientOptions, RolloutsClient } from "../../mod.ts";
import type { MockOpenRouter } from "../../src/testing/mod.ts";

/** A reasoning model of the mock's. */
export const MODEL = "qwen/qwen3-30b-a3b";

/** A client of a mock, without a cache where the options name none. */
export function mockClient(
  mock: MockOpenRouter,
  options: Partial<ClientOptions> = {},
): RolloutsClient {
  return new RolloutsClient({
    model: MODEL,
    baseUrl: mock.baseUrl,
    apiKey: "sk-test",
    useCache: options.cacheDir !== undefined,
    ...options,
  });
}
