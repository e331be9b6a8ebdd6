import {
  contentOnly,
  type ReasoningAndContent,
  reasoningOnly,
} from "../full_text.ts";

/**
 * Separates reasoning and content in a Harmony completion (gpt-oss). It continues the raw prompt: in
 * the reasoning, in the answer (if `prefill` contains `</think>`), or after `<|start|>assistant` (if
 * `prefill` is `null`).
 *
 * 1. Messages in the channel `final` are content; messages in `analysis` and `commentary` are
 *    reasoning. Messages of one kind are joined by newlines. A message without a channel is
 *    content. Text outside of messages is content, but reasoning before the first `final`.
 * 2. `<|return|>` ends the text. A special token that is cut off at the end is removed.
 * 3. Without a message of the content, even an empty one, the reasoning was not completed.
 * 4. If a provider strips the special tokens, `<|end|><|start|>assistant<|channel|>final<|message|>`
 *    leaves `assistantfinal`, and `<|channel|>analysis<|message|>` leaves `analysis` at the start.
 *    These are looked for only in texts without special tokens, and `assistantfinal` only in
 *    reasoning: after a prefill that opens it, or after `analysis` and a letter that begins a sentence.
 */
export function splitHarmony(
  text: string,
  prefill: string | null,
): ReasoningAndContent {
  const start = startState(prefill);
  const whole = stripCutToken(text);
  const [answered = ""] = whole.split("<|return|>");
  if (!SPECIAL_TOKENS.some((token) => answered.includes(token))) {
    return splitUnmarked(answered, start);
  }
  return joined(parts(OPENING[start] + answered));
}

type State = "reasoning" | "content" | "header";

interface Part {
  /** `loose` is text outside of messages. */
  readonly kind: "reasoning" | "content" | "loose";
  readonly text: string;
}

const SPECIAL_TOKENS = [
  "<|start|>",
  "<|channel|>",
  "<|constrain|>",
  "<|message|>",
  "<|end|>",
  "<|call|>",
  "<|return|>",
];

/** The end of a message, and the start of each header and channel name. */
const BORDER = /<\|end\|>|<\|call\|>|(?=<\|start\|>)|(?=<\|channel\|>)/;
const HEADER = /^<\|(?:start|channel)\|>/;
const CHANNEL = /<\|channel\|>\s*(\w*)/;
/** Matches the rest of a header without its special tokens, or the start of a token that was cut off. */
const ADDRESSEE = /^\s*(?:assistant)?(?:\s+to=\S*)?\s*<?\|?$/;
const OPENING: Readonly<Record<State, string>> = {
  reasoning: "<|channel|>analysis<|message|>",
  content: "<|channel|>final<|message|>",
  header: "",
};

const STRIPPED_ANALYSIS = /^analysis(?=\p{Lu}|\p{Lo})/u;
const STRIPPED_FINAL = "assistantfinal";

/** With fewer characters, the end may be ordinary text. */
const MIN_CUT_TOKEN = 3;

function startState(prefill: string | null): State {
  if (prefill === null) return "header";
  return prefill.includes("</think>") ? "content" : "reasoning";
}

function stripCutToken(text: string): string {
  const at = text.lastIndexOf("<|");
  const cut = text.slice(at);
  const isCut = at >= 0 && cut.length >= MIN_CUT_TOKEN &&
    SPECIAL_TOKENS.some((token) => token !== cut && token.startsWith(cut));
  return isCut ? text.slice(0, at) : text;
}

function splitUnmarked(text: string, start: State): ReasoningAndContent {
  if (start === "content") return contentOnly(text);
  const reasoning = start === "reasoning"
    ? text
    : text.replace(STRIPPED_ANALYSIS, "");
  if (start === "header" && reasoning === text) return contentOnly(text);
  const at = reasoning.indexOf(STRIPPED_FINAL);
  if (at < 0) return reasoningOnly(reasoning);
  return {
    reasoning: reasoning.slice(0, at),
    content: reasoning.slice(at + STRIPPED_FINAL.length),
    completedReasoning: true,
  };
}

function parts(text: string): Part[] {
  return text.split(BORDER).flatMap((piece) => part(piece) ?? []);
}

/** Parses the text between two borders; `null` if it is only a header. */
function part(piece: string): Part | null {
  const at = piece.indexOf("<|message|>");
  if (at >= 0) {
    const channel = CHANNEL.exec(piece.slice(0, at))?.[1] ?? "final";
    return {
      kind: channel === "final" ? "content" : "reasoning",
      text: piece.slice(at + "<|message|>".length),
    };
  }
  return HEADER.test(piece) || ADDRESSEE.test(piece)
    ? null
    : { kind: "loose", text: piece };
}

function joined(parts: readonly Part[]): ReasoningAndContent {
  const first = parts.findIndex(({ kind }) => kind === "content");
  const contents: Part[] = [];
  const reasonings: Part[] = [];
  parts.forEach((part, index) => {
    const isContent = part.kind === "content" ||
      (part.kind === "loose" && index > first);
    (isContent ? contents : reasonings).push(part);
  });
  const reasoning = texts(reasonings);
  if (contents.length === 0) return reasoningOnly(reasoning);
  const content = texts(contents);
  return reasonings.length === 0
    ? contentOnly(content)
    : { reasoning, content, completedReasoning: true };
}

function texts(parts: readonly Part[]): string {
  return parts.map(({ text }) => text).join("\n");
}
