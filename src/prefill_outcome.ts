/**
 * What a provider made of the beginning of a model's own text:
 *
 * - `continued`: the model went on with it, and the texts came as they should
 * - `continued_in_content`: it went on, but the whole text came as content; reasoning and content were
 *   told apart here
 * - `echoed`: it went on, and the beginning was repeated first; that was taken off
 * - `misfiled`: it went on with an answer that came as reasoning; it was moved back
 * - `restarted`: the beginning was ignored, and the model began anew
 * - `refused`: the provider does not take it at all, and answered with an error
 * - `unknown`: what came may be either, or does not show its reasoning
 */
export type PrefillOutcome = typeof PREFILL_OUTCOMES[number];

/** All outcomes, the best first. */
export const PREFILL_OUTCOMES = [
  "continued",
  "continued_in_content",
  "echoed",
  "misfiled",
  "unknown",
  "restarted",
  "refused",
] as const;

/** Whether the model went on, and the texts are what they would be had it all come as it should. */
export function isContinuation(outcome: PrefillOutcome): boolean {
  const rank = PREFILL_OUTCOMES.indexOf(outcome);
  return rank >= 0 && rank < PREFILL_OUTCOMES.indexOf("unknown");
}
