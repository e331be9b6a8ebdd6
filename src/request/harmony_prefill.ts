/**
 * Converts a prefill to the Harmony format (gpt-oss), after `<|start|>assistant`: an open message in
 * the channel `analysis`; if `</think>` closes the reasoning, that message and an open one in the
 * channel `final`; without `<think>`, the latter only.
 *
 * A newline after `<think>`, one before `</think>`, and up to two after it belong to the tags and are
 * removed with them. The rest of the text stays unchanged.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(
 *   harmonyPrefill("<think>\n5*1"),
 *   "<|channel|>analysis<|message|>5*1",
 * );
 * ```
 */
export function harmonyPrefill(prefill: string): string {
  const opened = OPEN.exec(prefill);
  if (opened === null) return FINAL + prefill;
  const thought = prefill.slice(opened[0].length);
  const closed = CLOSE.exec(thought);
  if (closed === null) return ANALYSIS + thought;
  return ANALYSIS + thought.slice(0, closed.index) + "<|end|>" +
    "<|start|>assistant" + FINAL +
    thought.slice(closed.index + closed[0].length);
}

const OPEN = /^<think>\n?/;
const CLOSE = /\n?<\/think>\n{0,2}/;
const ANALYSIS = "<|channel|>analysis<|message|>";
const FINAL = "<|channel|>final<|message|>";
