/**
 * What a partial thought or answer is in gpt-oss's format, behind `<|start|>assistant`: a message in
 * the channel `analysis` that is still open; where `</think>` closes the thought, that message and
 * one in the channel `final`; without `<think>`, the latter alone.
 *
 * The tags are not gpt-oss's, nor is the way they are laid out: a newline right behind `<think>`, one
 * right before `</think>` and up to two right behind it belong to the tags, and go with them. All
 * else stays as it is.
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
