import type { Outcome } from "./outcome.ts";
import type { PreparedRequest } from "./prepared_request.ts";

/** A message to a worker. Requests are sent in lists, since each message wakes a thread. */
export type ToWorker =
  | {
    readonly type: "send";
    readonly requests: readonly NumberedRequest[];
  }
  | { readonly type: "cancel"; readonly id: number };

/** A request and the id of its outcome. */
export interface NumberedRequest {
  /** Unique among the requests of one pool. */
  readonly id: number;
  readonly request: PreparedRequest;
}

/** A message from a worker. */
export type FromWorker = {
  readonly type: "outcomes";
  readonly outcomes: readonly NumberedOutcome[];
};

/** An outcome and the id of its request. */
export interface NumberedOutcome {
  /** Unique among the requests of one pool. */
  readonly id: number;
  readonly outcome: Outcome;
}
