import type { ReasoningAndContent } from "./full_text.ts";
import type { Logprobs, TokenLogprob, TopLogprob } from "./logprobs.ts";
import { OPEN_TAG } from "./think_tags.ts";

/** A token whose place is not known yet. */
export type UnplacedToken = Omit<TokenLogprob, "offset">;

/**
 * Reads the `logprobs` of a choice, in the shape of a chat (`content: [{ token, logprob }]`) or of a
 * completion (`tokens`, `token_logprobs`). Some servers report the reasoning in a list of its own
 * (`reasoning_content`); others have one list for the reasoning and the content, which is split here.
 *
 * The offsets that servers report are ignored: SGLang's are all -1, and others count the
 * replacements of broken characters.
 *
 * @param texts The sample's reasoning and content, to find the place of each token.
 * @returns `null` if there are none, or they have an unknown shape.
 */
export function readLogprobs(
  logprobs: unknown,
  { reasoning, content }: Pick<ReasoningAndContent, "reasoning" | "content">,
): Logprobs | null {
  const fields = fieldsOf(logprobs);
  const own = chatTokens(fields.content) ?? completionTokens(fields);
  const thought = chatTokens(fields.reasoning_content ?? fields.reasoning);
  if (thought !== null) {
    return {
      reasoning: placed(thought, reasoning ?? ""),
      content: own && placed(own, content),
    };
  }
  if (own === null) return null;
  const length = reasoning === null ? 0 : reasoningLength(own, {
    reasoning,
    content,
  });
  return {
    reasoning: length === 0
      ? null
      : placed(own.slice(0, length), reasoning ?? ""),
    content: length === own.length && length > 0
      ? null
      : placed(own.slice(length), content),
  };
}

/** Returns the tokens of a list such as `[{ token, logprob, bytes, top_logprobs }]`. */
export function chatTokens(list: unknown): UnplacedToken[] | null {
  if (!Array.isArray(list)) return null;
  const decoder = new TextDecoder("utf-8", { ignoreBOM: true });
  return list.map((entry) => {
    const { top_logprobs } = fieldsOf(entry);
    const token = topLogprob(entry);
    return {
      ...token,
      text: token.bytes === null
        ? token.text
        : decoder.decode(Uint8Array.from(token.bytes), { stream: true }),
      top: Array.isArray(top_logprobs) ? top_logprobs.map(topLogprob) : [],
    };
  });
}

/** Returns the tokens of lists such as `tokens: [" a"], token_logprobs: [-0.1], top_logprobs: [{ " a": -0.1 }]`. */
export function completionTokens(
  { tokens, token_logprobs, top_logprobs }: Fields,
): UnplacedToken[] | null {
  if (!Array.isArray(tokens) || !Array.isArray(token_logprobs)) return null;
  return tokens.map((text, index) => ({
    text: typeof text === "string" ? text : "",
    logprob: finite(token_logprobs[index]),
    bytes: null,
    top: Array.isArray(top_logprobs) ? byLikelihood(top_logprobs[index]) : [],
  }));
}

/** Returns the tokens of an object such as `{ " a": -0.1 }`, likeliest first. */
function byLikelihood(top: unknown): TopLogprob[] {
  return Object.entries(fieldsOf(top))
    .map(([text, logprob]) => ({ text, logprob: finite(logprob), bytes: null }))
    .sort((a, b) => (b.logprob ?? -Infinity) - (a.logprob ?? -Infinity));
}

/** Returns the tokens with their places in a text; `null` is the place of a token that is not in it. */
export function placed(
  tokens: readonly UnplacedToken[],
  text: string,
): TokenLogprob[] {
  const start = text === "" ? -1 : joined(tokens).indexOf(text);
  let at = 0;
  return tokens.map((token) => {
    const offset = at - start;
    at += token.text.length;
    const isPart = start >= 0 && offset >= 0 && at - start <= text.length;
    return { ...token, offset: isPart ? offset : null };
  });
}

/** The marks between a thought and an answer. */
const ENDS_THOUGHT = /<\/think>|<\|channel\|>final<\|message\|>/g;

/** Returns the number of tokens before the content; 0 if the reasoning is not found. */
function reasoningLength(
  tokens: readonly UnplacedToken[],
  { reasoning, content }: {
    readonly reasoning: string;
    readonly content: string;
  },
): number {
  const whole = joined(tokens);
  const begin = whole.trimStart().startsWith(OPEN_TAG)
    ? whole.indexOf(OPEN_TAG) + OPEN_TAG.length
    : 0;
  const thought = whole.indexOf(reasoning, begin);
  if (thought < 0) return 0;
  const end = thought + reasoning.length;
  const mark = new RegExp(ENDS_THOUGHT);
  mark.lastIndex = end;
  const after = mark.exec(whole) === null ? end : mark.lastIndex;
  const found = content === "" ? whole.length : whole.indexOf(content, after);
  const answer = found < 0 ? after : found;
  let at = 0;
  const length = tokens.findIndex(({ text }) => {
    const start = at;
    at += text.length;
    return start >= answer || at > answer;
  });
  return length < 0 ? tokens.length : length;
}

function joined(tokens: readonly UnplacedToken[]): string {
  return tokens.map(({ text }) => text).join("");
}

/** Keeps U+FEFF, and writes U+FFFD for a part of a character. */
const UTF8 = new TextDecoder("utf-8", { ignoreBOM: true });

function topLogprob(entry: unknown): TopLogprob {
  const { token, logprob, bytes } = fieldsOf(entry);
  const known = isBytes(bytes) ? bytes : null;
  return {
    text: known === null
      ? typeof token === "string" ? token : ""
      : UTF8.decode(Uint8Array.from(known)),
    logprob: finite(logprob),
    bytes: known,
  };
}

type Fields = Readonly<Record<string, unknown>>;

function fieldsOf(value: unknown): Fields {
  return typeof value === "object" && value !== null ? value as Fields : {};
}

function isBytes(value: unknown): value is number[] {
  return Array.isArray(value) &&
    value.every((byte) => Number.isInteger(byte) && byte >= 0 && byte < 256);
}

function finite(value: unknown): number | null {
  return typeof value === "number" && Number.isFinite(value) ? value : null;
}
