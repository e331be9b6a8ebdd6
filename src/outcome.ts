import type { ApiErrorDetails } from "./errors.ts";
import type { WireResponse } from "./response.ts";

/** Why a request failed, as plain data: structured clone loses the classes of errors. */
export type Failure =
  | (
    & {
      readonly kind: "api";
      readonly message: string;
      /** Whether all requests of the call would fail like this one. */
      readonly isFatal: boolean;
      /** Whether a rate limit concerns the whole account, and not only the model. */
      readonly limitScope?: "account";
    }
    & ApiErrorDetails
  )
  | {
    readonly kind: "network" | "worker";
    readonly message: string;
    readonly retryable: boolean;
  }
  | {
    readonly kind: "timeout";
    readonly message: string;
    /** Set if the time limit of the sample (`maxElapsedMs`) was reached, and not only that of the attempt. */
    readonly limit?: "maxElapsedMs";
  }
  | {
    readonly kind: "response";
    readonly message: string;
    /** The form of the answer if it is likely to recur, such as `HTML`; otherwise `null`. */
    readonly form: string | null;
  }
  /** It was not sent: the budget does not allow it, or the run was stopped. */
  | {
    readonly kind: "unsent";
    readonly message: string;
    readonly why: "budget" | "stopped";
  };

/** The outcome of one request. */
export type Outcome =
  | { readonly type: "answer"; readonly response: WireResponse }
  | { readonly type: "failure"; readonly failure: Failure };

/** Returns the outcome of a request that was lost with its worker. */
export function workerFailure(
  message: string,
  { retryable }: { readonly retryable: boolean },
): Outcome {
  return { type: "failure", failure: { kind: "worker", message, retryable } };
}
