import type { Message, Prompt } from "../prompt.ts";
import { OPEN_TAG } from "../think_tags.ts";
import { type ModelFamily, modelFamily } from "./model_family.ts";

/** A prompt as messages. */
export interface PrefilledMessages {
  readonly messages: readonly Message[];
  /** The part of the model's own text, with `<think>`, or `null`. */
  readonly prefill: string | null;
  readonly warnings: readonly string[];
}

/**
 * Returns the messages for a prompt. A text is split at its first `<think>`: the part before it,
 * without white space around it, is the user's message; `<think>` and the rest begin the assistant's.
 * Messages are returned unchanged.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * const { messages } = prefillMessages("What is 5*10?\n<think>\n5*1", "qwen/qwq-32b");
 * assertEquals(messages, [
 *   { role: "user", content: "What is 5*10?" },
 *   { role: "assistant", content: "<think>\n5*1" },
 * ]);
 * ```
 */
export function prefillMessages(
  prompt: Prompt,
  model: string,
  family: ModelFamily = modelFamily(model),
): PrefilledMessages {
  if (typeof prompt !== "string") {
    return { messages: prompt, prefill: lastThought(prompt), warnings: [] };
  }
  const at = prompt.indexOf(OPEN_TAG);
  if (at < 0 || family !== "think") {
    return {
      messages: [{ role: "user", content: prompt }],
      prefill: null,
      warnings: at < 0 ? [] : [
        `${model} does not accept a prefill of its reasoning: ` +
        `the text with ${OPEN_TAG} is sent unchanged as the user's message`,
      ],
    };
  }
  const question = stripWhiteSpace(prompt.slice(0, at));
  const prefill = prompt.slice(at);
  const messages: Message[] = [];
  if (question !== "") messages.push({ role: "user", content: question });
  messages.push({ role: "assistant", content: prefill });
  return { messages, prefill, warnings: prefillWarnings(prefill) };
}

// Like Python's str.strip(), and unlike trim(), this includes U+001C to U+001F and U+0085, but not U+FEFF.
const SPACE =
  // deno-lint-ignore no-control-regex
  /[\t-\r\x1c-\x20\x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]/;

function stripWhiteSpace(text: string): string {
  let start = 0;
  let end = text.length;
  while (start < end && SPACE.test(text[start]!)) start++;
  while (end > start && SPACE.test(text[end - 1]!)) end--;
  return text.slice(start, end);
}

/** Returns the reasoning that the last message begins, or `null`. */
function lastThought(messages: readonly Message[]): string | null {
  const last = messages.at(-1);
  if (last?.role !== "assistant") return null;
  const { content } = last;
  const text = typeof content === "string"
    ? content
    : (content ?? []).map((part) => part.text ?? "").join("");
  const thought = text.trimStart();
  return thought.startsWith(OPEN_TAG) ? thought : null;
}

function prefillWarnings(prefill: string): string[] {
  const warnings = [];
  if (prefill.indexOf(OPEN_TAG, OPEN_TAG.length) > 0) {
    warnings.push(
      `Multiple ${OPEN_TAG} tags: the prompt is split at the first; the others stay in the reasoning`,
    );
  }
  if (prefill.endsWith(" ")) {
    warnings.push(
      `The text after ${OPEN_TAG} ends with a space. Most tokens begin with a space, ` +
        `so this makes unlikely tokens (such as digits) likely. Remove the space.`,
    );
  }
  return warnings;
}
