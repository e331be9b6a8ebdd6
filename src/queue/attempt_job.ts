import type { AttemptOutcome, SampleRequest } from "../protocol.ts";

/** One attempt as it stands in the queue: no key is in it that anybody could read, and no header. */
export interface AttemptJob extends Omit<SampleRequest, "headers"> {
  /** The user's limit of requests in flight; null where it is to be found. */
  readonly maxConcurrency: number | null;
  /** The user's limit of starts in 60 seconds; null for none. */
  readonly requestsPerMinute: number | null;
  /** What all may cost, and this at its worst; null for no limit. */
  readonly costLimit: CostLimit | null;
  /** The key, sealed; null where the worker adds its own. */
  readonly sealedKey: string | null;
  /** Where its trace comes from, as W3C trace context; empty where nobody traces. */
  readonly trace: Readonly<Record<string, string>>;
}

/** What requests may cost. */
export interface CostLimit {
  /** All that the queue pays for, in US dollars. */
  readonly maxCostUsd: number;
  /** This one at its worst, in US dollars. */
  readonly worstUsd: number;
}

/** What comes back. */
export type AttemptResult = AttemptOutcome;
