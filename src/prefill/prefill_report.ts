import type { PrefillOutcome } from "../prefill_outcome.ts";

/** How the beginning of a thought reaches a model: see the option `prefillVia`. */
export type PrefillRoute = "chat" | "completions";

/** What a probe has shown of one provider's offer of a model. Prices are in US dollars for a million tokens. */
export interface EndpointVerdict {
  /** How the beginning was sent. */
  readonly route: PrefillRoute;
  /** The provider's name. */
  readonly provider: string;
  /** What `provider.only` takes. */
  readonly tag: string;
  /** The precision of the weights, such as `fp8`; null where it is not known. */
  readonly quantization: string | null;
  /** For tokens of the prompt; null where it is not known. */
  readonly promptUsdPerMillion: number | null;
  /** For tokens that the model writes; null where it is not known. */
  readonly completionUsdPerMillion: number | null;
  /** What mostly became of thoughts that were begun; null where no request was answered. */
  readonly outcome: PrefillOutcome | null;
  /** The share of them, from 0 to 1, with which the model went on. */
  readonly share: number;
  /** What mostly became of answers that were begun behind a thought; null where no request was answered. */
  readonly answerOutcome: PrefillOutcome | null;
  /** The same share of those. */
  readonly answerShare: number;
  /** The median time of an answer, in milliseconds; null where there was none. */
  readonly latencyMs: number | null;
  /** Why requests failed; null where none did. */
  readonly problem: string | null;
}

/** What a probe has shown of all that serve a model. */
export interface PrefillReport {
  /** The model. */
  readonly model: string;
  /** When, in the form of ISO 8601. */
  readonly probedAt: string;
  /** How many seeds of each question each endpoint was asked. */
  readonly nSeeds: number;
  /** How many requests it took. */
  readonly requests: number;
  /** What those that were answered cost, in US dollars. */
  readonly costUsd: number;
  /** The endpoints, each by each route that was asked. */
  readonly verdicts: readonly EndpointVerdict[];
}
