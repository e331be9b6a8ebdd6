import type { Outcome } from "../../src/outcome.ts";

/** Returns the outcome of an attempt that the API answered with an error status. */
export function apiFailure(
  status: number,
  { retryable = true, retryAfterMs = null }: {
    readonly retryable?: boolean;
    readonly retryAfterMs?: number | null;
  } = {},
): Extract<Outcome, { type: "failure" }> {
  return {
    type: "failure",
    failure: {
      kind: "api",
      message: `${status}`,
      status,
      code: null,
      provider: null,
      retryable,
      retryAfterMs,
      headers: {},
      requestId: null,
      isFatal: !retryable && (status === 401 || status === 402),
    },
  };
}
