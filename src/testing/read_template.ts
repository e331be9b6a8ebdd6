/** The parts of a raw prompt, as its chat template marks them. */
export interface PromptParts {
  /** The user's last message, or the whole prompt if it has no template. */
  readonly question: string;
  /** What the assistant has written so far of its reasoning, or of its answer. */
  readonly prefill: string;
  /** The reasoning before an answer, or null if there is none. */
  readonly reasoning: string | null;
  /** Whether the prefill is part of the answer, not of the reasoning. */
  readonly isAnswering: boolean;
  /** Whether the reasoning and the answer still have to be marked. */
  readonly hasChannels: boolean;
  /** The mark before reasoning that has not begun. */
  readonly open: string;
  /** The mark between the reasoning and the answer. */
  readonly close: string;
}

/**
 * Reads a raw prompt in the template ChatML (`<|im_start|>`), Harmony (`<|start|>`), Llama's
 * (`<|start_header_id|>`) or DeepSeek's. Any other prompt is plain text.
 */
export function readTemplate(prompt: string): PromptParts {
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
    reasoning: null,
    isAnswering: true,
    hasChannels: false,
    open: "",
    close: "",
  };
}

const HARMONY_USER = /<\|start\|>user<\|message\|>(.*?)<\|end\|>/gs;
const HARMONY_ASSISTANT =
  /<\|start\|>assistant(?:<\|channel\|>(\w*)(?:<\|message\|>(.*))?)?$/s;
/** Reasoning that ends where the text ends. */
const HARMONY_REASONING =
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

function readHarmony(prompt: string): PromptParts {
  const start = prompt.lastIndexOf("<|start|>assistant");
  const [, channel = "", prefill = ""] =
    HARMONY_ASSISTANT.exec(prompt.slice(Math.max(0, start))) ?? [];
  const isAnswering = channel === "final";
  return {
    question: lastMatch(prompt, HARMONY_USER),
    prefill,
    reasoning: isAnswering
      ? HARMONY_REASONING.exec(prompt.slice(0, start))?.[1] ?? null
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
): PromptParts {
  const start = prompt.lastIndexOf(assistant);
  const written = start < 0 ? "" : prompt.slice(start + assistant.length);
  const openAt = written.indexOf("<think>");
  const closeAt = written.lastIndexOf("</think>");
  const isReasoning = openAt >= 0 && closeAt < openAt;
  const isAnswering = closeAt >= 0 || (!isReasoning && written.trim() !== "");
  return {
    question: lastMatch(prompt, user),
    prefill: isReasoning
      ? written.slice(openAt + "<think>".length)
      : written.slice(closeAt < 0 ? 0 : closeAt + "</think>".length),
    reasoning: closeAt < 0 || openAt < 0 || isReasoning
      ? null
      : written.slice(openAt + "<think>".length, closeAt),
    isAnswering,
    hasChannels: !isAnswering,
    open: isReasoning ? "" : "<think>",
    close: "</think>\n\n",
  };
}

function lastMatch(text: string, pattern: RegExp): string {
  return [...text.matchAll(pattern)].at(-1)?.[1] ?? "";
}
