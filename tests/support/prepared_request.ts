import type { PreparedRequest } from "../../src/prepared_request.ts";

/** A chat request without cache or limits, with `overrides` on top. */
export function preparedRequest(
  overrides: Partial<PreparedRequest> = {},
): PreparedRequest {
  return {
    url: "http://127.0.0.1:1/",
    headers: {},
    body: "{}",
    model: "qwen/qwq-32b",
    seed: 0,
    prefill: null,
    repeatsPrefill: false,
    format: null,
    timeoutMs: 60_000,
    maxAnswerBytes: 2 ** 26,
    sampleId: null,
    limits: {
      maxConcurrency: null,
      requestsPerMinute: null,
      maxCostUsd: null,
      worstCaseUsd: null,
    },
    ...overrides,
  };
}
