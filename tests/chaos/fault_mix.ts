import type { Fault, FaultContext } from "../../src/testing/mod.ts";

/** The faults, each with its relative weight. */
const MIX: readonly (readonly [weight: number, fault: () => Fault])[] = [
  [2, () => ({ type: "status", status: 500 })],
  [2, () => ({ type: "status", status: 502 })],
  [2, () => ({ type: "status", status: 503, retryAfter: 0.05 })],
  [1, () => ({ type: "status", status: 408 })],
  [1, () => ({ type: "status", status: 524 })],
  [1, () => ({ type: "status", status: 429 })],
  [0.2, () => ({ type: "status", status: 429, retryAfter: 1 })],
  [0.2, () => ({
    type: "status",
    status: 429,
    retryAfter: new Date(Date.now() + 1000),
  })],
  [0.3, () => ({
    type: "status",
    status: 429,
    rateLimit: { limit: 20, remaining: 0, reset: Date.now() + 300 },
  })],
  [0.3, () => ({
    type: "status",
    status: 402,
    retryAfter: 0.2,
    message: "in flight",
  })],
  [1, () => ({
    type: "status",
    status: 503,
    availability: { retryable: true, retry_after: 0.1 },
  })],
  [2, () => ({ type: "connection_reset" })],
  [2, () => ({ type: "truncated_body" })],
  [2, () => ({ type: "html_body" })],
  [2, () => ({ type: "html_body", status: 200 })],
  [2, () => ({ type: "whitespace_only" })],
  [2, () => ({ type: "empty_choices" })],
  [2, () => ({ type: "error_in_200" })],
  [2, () => ({ type: "error_in_200", code: 429 })],
  [2, () => ({ type: "choice_error" })],
  [2, () => ({ type: "stream_error" })],
  [1, () => ({ type: "stall_before" })],
  [1, () => ({ type: "stall_mid_body" })],
  [1, () => ({ type: "endless_whitespace" })],
];

/** Faults that end a seed or the whole call, after which the program has to run again. */
const FINAL: readonly (() => Fault)[] = [
  () => ({ type: "status", status: 400, message: "bad request" }),
  () => ({
    type: "status",
    status: 403,
    message: "moderation",
    metadata: { reasons: ["violence"], flagged_input: "…" },
  }),
  () => ({ type: "status", status: 402, message: "Insufficient credits" }),
];

/** The number of different faults. */
export const KINDS = MIX.length + FINAL.length;

/** The settings of a mix of faults. */
export interface FaultMixOptions {
  /** The share of the requests that fail, from 0 to 1. */
  readonly rate: number;
  /** Attempts of a sample after this one never fail, which bounds the time of the backoff. */
  readonly maxAttempt: number;
}

/**
 * Fails one request in twenty with an endless body, and one in twenty of those to a model with a
 * wait of one hour. Another mix decides about the others.
 */
export function withPressure(
  limitedModel: string,
  others: (context: FaultContext) => Fault | null,
): (context: FaultContext) => Fault | null {
  return (context) => {
    if (Math.random() < 0.05) return { type: "endless_body" };
    if (context.model === limitedModel && Math.random() < 0.05) {
      return { type: "status", status: 429, retryAfter: 3_600 };
    }
    return others(context);
  };
}

/** Fails a share of the requests with every known fault, and every 400th permanently. */
export function faultMix(
  { rate, maxAttempt }: FaultMixOptions,
): (context: FaultContext) => Fault | null {
  const total = MIX.reduce((sum, [weight]) => sum + weight, 0);
  let nextFinal = 0;
  return ({ index, attempt }) => {
    if (index % 400 === 399) return FINAL[nextFinal++ % FINAL.length]!();
    if (attempt > maxAttempt || Math.random() >= rate) return null;
    let draw = Math.random() * total;
    for (const [weight, fault] of MIX) {
      draw -= weight;
      if (draw < 0) return fault();
    }
    return null;
  };
}
