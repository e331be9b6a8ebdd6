import type { ApiErrorDetails } from "./errors.ts";
import type { WireResponse } from "./response.ts";

/** Why a request failed, as plain data: structured clone loses the classes of errors. */
export type Failure =
  | ({
    readonly kind: "api";
    readonly message: string;
    /** What a rate limit concerns: the requests of the model, unless the API says the account. */
    readonly limitScope?: "account";
  } & ApiErrorDetails)
  | {
    readonly kind: "network";
    readonly message: string;
    readonly retryable: boolean;
  }
  | { readonly kind: "timeout"; readonly message: string }
  | { readonly kind: "response"; readonly message: string }
  | {
    readonly kind: "worker";
    readonly message: string;
    readonly retryable: boolean;
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
