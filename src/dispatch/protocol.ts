import type { ApiErrorDetails } from "../errors.ts";
import type { ResponseData } from "../response.ts";

/** One attempt at one sample: all that a worker needs to know. */
export interface SampleRequest {
  /** Where the body is posted. */
  readonly url: string;
  /** The headers, key included. */
  readonly headers: Readonly<Record<string, string>>;
  /** The body as JSON, seed included. */
  readonly body: string;
  /** The model that is asked for. */
  readonly model: string;
  /** The sample's seed. */
  readonly seed: number;
  /** The beginning of the model's reasoning that the body gives; null where it gives none. */
  readonly prefill: string | null;
  /** Time for the whole attempt, in milliseconds. */
  readonly timeoutMs: number;
}

/** Why an attempt failed, as plain data: structured clone loses the classes of errors. */
export type AttemptFailure =
  | ({ readonly kind: "api"; readonly message: string } & ApiErrorDetails)
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
  };

/** What one attempt came to. */
export type AttemptOutcome =
  | { readonly type: "answer"; readonly response: ResponseData }
  | { readonly type: "failure"; readonly failure: AttemptFailure };

/** What the main thread tells a worker. */
export type ToWorker =
  | {
    readonly type: "send";
    readonly id: number;
    readonly request: SampleRequest;
  }
  | { readonly type: "cancel"; readonly id: number };

/** What a worker tells the main thread. */
export type FromWorker = {
  readonly type: "outcome";
  readonly id: number;
  readonly outcome: AttemptOutcome;
};
