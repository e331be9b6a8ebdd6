/** What a raw prompt is, read by the marks of its chat template. */
export interface PromptTemplate {
  /** The user's last message; the whole prompt where it has no marks. */
  readonly question: string;
  /** What the assistant has written already: of its thought, or of its answer. */
  readonly prefill: string;
  /** The thought that stands before an answer; null where there is none. */
  readonly thought: string | null;
  /** Whether the prefill is part of the answer, not of the thought. */
  readonly isAnswering: boolean;
  /** Whether thought and answer are marked at all. */
  readonly hasChannels: boolean;
  /** What stands before a thought that is not yet begun. */
  readonly open: string;
  /** What stands between the thought and the answer. */
  readonly close: string;
}

/**
 * Reads a raw prompt in the templates ChatML (`<|im_start|>`), Harmony (`<|start|>`), Llama's
 * (`<|start_header_id|>`) or DeepSeek's; any other text is a plain one.
 */
export function readTemplate(prompt: string): PromptTemplate {
  if (prompt.includes("<|start|>")) return readHarmony(prompt);
  if (prompt.includes("<|im_start|>")) {
    return readThinkTags(prompt, CHATML_USER, CHATML_ASSISTANT);
  }
  if (prompt.includes("<|start_header_id|>")) {
    return readThinkTags(prompt, LLAMA_USER, LLAMA_ASSISTANT);
  }
  if (prompt.includes("<｜Assistant｜>")) {
    return readThinkTags(prompt, DEEPSEEK_USER, DEEPSEEK_ASSISTANT);
  }
  return {
    question: prompt,
    prefill: prompt,
    thought: null,
    isAnswering: true,
    hasChannels: false,
    open: "",
    close: "",
  };
}

const HARMONY_USER = /<\|start\|>user<\|message\|>(.*?)<\|end\|>/gs;
const HARMONY_ASSISTANT =
  /<\|start\|>assistant(?:<\|channel\|>(\w*)(?:<\|message\|>(.*))?)?$/s;
/** A thought whose end is also the end of the text. */
const HARMONY_THOUGHT =
  /<\|channel\|>analysis<\|message\|>((?:(?!<\|end\|>).)*)<\|end\|>$/s;
const HARMONY_ANALYSIS = "<|channel|>analysis<|message|>";
const HARMONY_FINAL = "<|end|><|start|>assistant<|channel|>final<|message|>";

const CHATML_USER = /<\|im_start\|>user\n(.*?)<\|im_end\|>/gs;
const CHATML_ASSISTANT = "<|im_start|>assistant\n";
const LLAMA_USER =
  /<\|start_header_id\|>user<\|end_header_id\|>\n\n(.*?)<\|eot_id\|>/gs;
const LLAMA_ASSISTANT = "<|start_header_id|>assistant<|end_header_id|>\n\n";
const DEEPSEEK_USER = /<｜User｜>(.*?)<｜Assistant｜>/gs;
const DEEPSEEK_ASSISTANT = "<｜Assistant｜>";

function readHarmony(prompt: string): PromptTemplate {
  const start = prompt.lastIndexOf("<|start|>assistant");
  const [, channel = "", prefill = ""] =
    HARMONY_ASSISTANT.exec(prompt.slice(Math.max(0, start))) ?? [];
  const isAnswering = channel === "final";
  return {
    question: lastMatch(prompt, HARMONY_USER),
    prefill,
    thought: isAnswering
      ? HARMONY_THOUGHT.exec(prompt.slice(0, start))?.[1] ?? null
      : null,
    isAnswering,
    hasChannels: !isAnswering,
    open: channel === "" ? HARMONY_ANALYSIS : "",
    close: HARMONY_FINAL,
  };
}

function readThinkTags(
  prompt: string,
  user: RegExp,
  assistant: string,
): PromptTemplate {
  const start = prompt.lastIndexOf(assistant);
  const written = start < 0 ? "" : prompt.slice(start + assistant.length);
  const opened = written.indexOf("<think>");
  const closed = written.lastIndexOf("</think>");
  const isThinking = opened >= 0 && closed < opened;
  const isAnswering = closed >= 0 || (!isThinking && written.trim() !== "");
  return {
    question: lastMatch(prompt, user),
    prefill: isThinking
      ? written.slice(opened + "<think>".length)
      : written.slice(closed < 0 ? 0 : closed + "</think>".length),
    thought: closed < 0 || opened < 0 || isThinking
      ? null
      : written.slice(opened + "<think>".length, closed),
    isAnswering,
    hasChannels: !isAnswering,
    open: isThinking ? "" : "<think>",
    close: "</think>\n\n",
  };
}

function lastMatch(text: string, pattern: RegExp): string {
  return [...text.matchAll(pattern)].at(-1)?.[1] ?? "";
}
