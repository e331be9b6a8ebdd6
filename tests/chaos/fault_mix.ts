import type { Fault, FaultContext } from "../../src/testing/mod.ts";

/** What goes wrong, and how often beside the others. */
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

/** Failures that end a seed, or the whole call: the program has to be run again. */
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

/** How many kinds of failure there are. */
export const KINDS = MIX.length + FINAL.length;

/** How much goes wrong. */
export interface FaultMixOptions {
  /** The share of the requests that fail, from 0 to 1. */
  readonly rate: number;
  /** Later tries of a sample than this one never fail, which bounds how long the backoff takes. */
  readonly maxAttempt: number;
}

/**
 * Fails one request in twenty with a body without end, and one in twenty of those to a model with a
 * wait of an hour; leaves the others to another mix.
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

/** Fails a share of the requests, in every way that is known; every 400th for good. */
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
