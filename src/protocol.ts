import type { ApiErrorDetails } from "./errors.ts";
import type { WireResponse } from "./response.ts";
import type { RawContext } from "./completion/split_raw_text.ts";

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
  /** How the answer to a raw prompt is read; null for a chat. */
  readonly raw: RawContext | null;
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
  }
  /** It was not sent: no money is left for it, or it was taken back. */
  | {
    readonly kind: "unsent";
    readonly message: string;
    readonly why: "budget" | "stopped";
  };

/** What one attempt came to. */
export type AttemptOutcome =
  | { readonly type: "answer"; readonly response: WireResponse }
  | { readonly type: "failure"; readonly failure: AttemptFailure };

/** What the main thread tells a worker: lists, since each message wakes a thread. */
export type ToWorker =
  | {
    readonly type: "send";
    readonly requests: readonly NumberedRequest[];
  }
  | { readonly type: "cancel"; readonly id: number };

/** A request, and the number by which its outcome is known. */
export interface NumberedRequest {
  /** The number. */
  readonly id: number;
  /** The request. */
  readonly request: SampleRequest;
}

/** What a worker tells the main thread. */
export type FromWorker = {
  readonly type: "outcomes";
  readonly outcomes: readonly NumberedOutcome[];
};

/** An outcome, and the number of its request. */
export interface NumberedOutcome {
  /** The number. */
  readonly id: number;
  /** The outcome. */
  readonly outcome: AttemptOutcome;
}
