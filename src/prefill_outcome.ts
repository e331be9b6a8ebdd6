/**
 * How a provider handled a prefill:
 *
 * - `continued`: the model continued it, and reasoning and content are in their fields
 * - `continued_in_content`: it continued, but the provider returned everything as content; this
 *   package separated reasoning and content
 * - `echoed`: it continued after repeating the prefill, which was removed
 * - `misfiled`: it continued with an answer that the provider returned as reasoning; it was moved
 *   to the content
 * - `restarted`: the model ignored the prefill and started over
 * - `refused`: the provider answered with an error
 * - `unknown`: the answer may be either, or its reasoning is hidden
 */
export type PrefillOutcome = typeof PREFILL_OUTCOMES[number];

/** All outcomes, from best to worst. */
export const PREFILL_OUTCOMES = [
  "continued",
  "continued_in_content",
  "echoed",
  "misfiled",
  "unknown",
  "restarted",
  "refused",
] as const;

/** Whether the model continued the prefill and its texts are complete. */
export function isContinuation(outcome: PrefillOutcome): boolean {
  const rank = PREFILL_OUTCOMES.indexOf(outcome);
  return rank >= 0 && rank < PREFILL_OUTCOMES.indexOf("unknown");
}
