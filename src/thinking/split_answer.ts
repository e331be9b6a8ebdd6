import type { ThoughtAndAnswer } from "./full_text.ts";

/** What a model's message holds, before it is told apart. */
export interface MessageTexts {
  /** The message's `content`; null or missing where it has none. */
  readonly content?: string | null;
  /** The message's `reasoning`; null or missing where it has none. */
  readonly reasoning?: string | null;
  /** Whether the message calls tools. */
  readonly callsTools: boolean;
  /** Why the model stopped. */
  readonly finishReason: string | null;
}

/**
 * Tells reasoning and content apart in whatever form a provider sends them
 * after `prefill` (the beginning of the reasoning that the request gave, with
 * `<think>`; null where it gave none). Nothing of thought or answer is trimmed.
 *
 * A prefix that was repeated is taken off first. Then:
 *
 * 1. A provider that sends `reasoning` has told the two apart, but for tags: a `</think>`
 *    that is left in it, or in front of the content, is where the thought ends. After a
 *    prefill that closes its thought, a lone `reasoning` is the answer, filed wrongly.
 * 2. `content` alone is split at `</think>` where the prefill left a thought open or the
 *    content opens one itself. Without `</think>` the thought never ended.
 */
export function splitAnswer(
  texts: MessageTexts,
  prefill: string | null,
): ThoughtAndAnswer {
  const content = texts.content ?? "";
  if (!isToldApart(texts)) {
    return splitContent(withoutEcho(content, prefill), prefill);
  }
  const reasoning = withoutEcho(texts.reasoning ?? "", prefill);
  if (content === "" && !texts.callsTools) {
    if (closesThought(prefill)) return answerAlone(reasoning);
    return splitAtClose(reasoning);
  }
  const answer = content.startsWith(CLOSE_TAG)
    ? content.slice(CLOSE_TAG.length)
    : content;
  return thoughtAndAnswer(reasoning, answer);
}

const OPEN_TAG = "<think>";
const CLOSE_TAG = "</think>";

/** Below this a text that begins like the prefix may well be the model's own. */
const MIN_ECHO_CHARACTERS = 12;

/** An empty reasoning is one that ended at once, where the answer has come to its end too. */
function isToldApart({ reasoning, finishReason }: MessageTexts): boolean {
  return reasoning === "" ? finishReason === "stop" : Boolean(reasoning);
}

function splitContent(
  content: string,
  prefill: string | null,
): ThoughtAndAnswer {
  const opens = /^\s*<think>/.exec(content);
  const thoughtIsOpen = prefill !== null && !closesThought(prefill);
  if (opens === null && !thoughtIsOpen) return answerAlone(content);
  return splitAtClose(
    opens === null ? content : content.slice(opens[0].length),
  );
}

function splitAtClose(text: string): ThoughtAndAnswer {
  const close = text.indexOf(CLOSE_TAG);
  return close < 0 ? thoughtAlone(text) : thoughtAndAnswer(
    text.slice(0, close),
    text.slice(close + CLOSE_TAG.length),
  );
}

/** The text without the prefill that some providers repeat in front of it. */
function withoutEcho(text: string, prefill: string | null): string {
  if (prefill === null) return text;
  if (text.startsWith(prefill)) return text.slice(prefill.length);
  const thought = prefill.slice(OPEN_TAG.length);
  return thought.trim().length >= MIN_ECHO_CHARACTERS &&
      text.startsWith(thought)
    ? text.slice(thought.length)
    : text;
}

function closesThought(prefill: string | null): boolean {
  return prefill !== null && prefill.includes(CLOSE_TAG);
}

function thoughtAndAnswer(
  reasoning: string,
  content: string,
): ThoughtAndAnswer {
  return { content, reasoning, completedReasoning: true };
}

function thoughtAlone(reasoning: string): ThoughtAndAnswer {
  return { content: "", reasoning, completedReasoning: false };
}

function answerAlone(content: string): ThoughtAndAnswer {
  return { content, reasoning: null, completedReasoning: true };
}
