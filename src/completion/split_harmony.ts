import type { ThoughtAndAnswer } from "../full_text.ts";

/**
 * Tells thought and answer apart in a text of gpt-oss's, which goes on where its raw prompt ended:
 * in a thought, in an answer (behind a `prefill` with `</think>`), or behind `<|start|>assistant`
 * (`prefill` null).
 *
 * 1. Messages in the channel `final` are the answer, messages in `analysis` and `commentary` the
 *    thought; several of a kind are joined by a newline. A message without a channel, and
 *    text that stands in no message, is the answer; in front of the first `final` the latter is thought.
 * 2. `<|return|>` ends the text. A mark that was cut off at the end is taken off.
 * 3. Without an answer, be it an empty one, the thought never ended.
 * 4. Where a provider takes the marks off, `<|end|><|start|>assistant<|channel|>final<|message|>`
 *    leaves `assistantfinal`, and `<|channel|>analysis<|message|>` leaves `analysis` at the start. This
 *    is looked for only in a text without any other mark, and `assistantfinal` only in a thought: one that
 *    the prefill opened, or that begins with `analysis` and a letter that begins a sentence.
 */
export function splitHarmony(
  text: string,
  prefill: string | null,
): ThoughtAndAnswer {
  const start = startState(prefill);
  const whole = withoutCutMark(text);
  const [answered = ""] = whole.split("<|return|>");
  if (!MARKS.some((mark) => answered.includes(mark))) {
    return splitUnmarked(answered, start);
  }
  return joined(parts(OPENING[start] + answered));
}

type State = "thought" | "answer" | "header";

interface Part {
  /** `loose` is what stands in no message. */
  readonly kind: "thought" | "answer" | "loose";
  readonly text: string;
}

const MARKS = [
  "<|start|>",
  "<|channel|>",
  "<|constrain|>",
  "<|message|>",
  "<|end|>",
  "<|call|>",
  "<|return|>",
];

/** Where a message ends, and in front of each header and each channel's name. */
const BORDER = /<\|end\|>|<\|call\|>|(?=<\|start\|>)|(?=<\|channel\|>)/;
const HEADER = /^<\|(?:start|channel)\|>/;
const CHANNEL = /<\|channel\|>\s*(\w*)/;
/** What a header may leave outside of its marks, and the first characters of a mark that was cut. */
const ADDRESSEE = /^\s*(?:assistant)?(?:\s+to=\S*)?\s*<?\|?$/;
const OPENING: Readonly<Record<State, string>> = {
  thought: "<|channel|>analysis<|message|>",
  answer: "<|channel|>final<|message|>",
  header: "",
};

const STRIPPED_ANALYSIS = /^analysis(?=\p{Lu}|\p{Lo})/u;
const STRIPPED_FINAL = "assistantfinal";

/** Below this what stands at the end may well be text. */
const MIN_CUT_MARK = 3;

function startState(prefill: string | null): State {
  if (prefill === null) return "header";
  return prefill.includes("</think>") ? "answer" : "thought";
}

function withoutCutMark(text: string): string {
  const at = text.lastIndexOf("<|");
  const cut = text.slice(at);
  const isCut = at >= 0 && cut.length >= MIN_CUT_MARK &&
    MARKS.some((mark) => mark !== cut && mark.startsWith(cut));
  return isCut ? text.slice(0, at) : text;
}

function splitUnmarked(text: string, start: State): ThoughtAndAnswer {
  if (start === "answer") return answerAlone(text);
  const thought = start === "thought"
    ? text
    : text.replace(STRIPPED_ANALYSIS, "");
  if (start === "header" && thought === text) return answerAlone(text);
  const at = thought.indexOf(STRIPPED_FINAL);
  if (at < 0) {
    return { reasoning: thought, content: "", completedReasoning: false };
  }
  return {
    reasoning: thought.slice(0, at),
    content: thought.slice(at + STRIPPED_FINAL.length),
    completedReasoning: true,
  };
}

function parts(text: string): Part[] {
  return text.split(BORDER).flatMap((piece) => part(piece) ?? []);
}

/** What a piece between two borders holds; null for a header that is nothing else. */
function part(piece: string): Part | null {
  const at = piece.indexOf("<|message|>");
  if (at >= 0) {
    const channel = CHANNEL.exec(piece.slice(0, at))?.[1] ?? "final";
    return {
      kind: channel === "final" ? "answer" : "thought",
      text: piece.slice(at + "<|message|>".length),
    };
  }
  return HEADER.test(piece) || ADDRESSEE.test(piece)
    ? null
    : { kind: "loose", text: piece };
}

function joined(parts: readonly Part[]): ThoughtAndAnswer {
  const first = parts.findIndex(({ kind }) => kind === "answer");
  const answers: Part[] = [];
  const thoughts: Part[] = [];
  parts.forEach((part, index) => {
    const isAnswer = part.kind === "answer" ||
      (part.kind === "loose" && index > first);
    (isAnswer ? answers : thoughts).push(part);
  });
  const reasoning = texts(thoughts);
  if (answers.length === 0) {
    return { reasoning, content: "", completedReasoning: false };
  }
  const content = texts(answers);
  return thoughts.length === 0
    ? answerAlone(content)
    : { reasoning, content, completedReasoning: true };
}

function texts(parts: readonly Part[]): string {
  return parts.map(({ text }) => text).join("\n");
}

function answerAlone(content: string): ThoughtAndAnswer {
  return { content, reasoning: null, completedReasoning: true };
}
