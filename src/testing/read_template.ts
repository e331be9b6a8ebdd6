import { CLOSE_TAG, OPEN_TAG } from "../think_tags.ts";

/** The parts of a raw prompt, as its chat template marks them. */
export interface PromptParts {
  /** The user's last message, or the whole prompt if it has no template. */
  readonly question: string;
  /** The assistant's text so far, of its reasoning or of its answer. */
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
  const template = THINK_TEMPLATES.find(({ mark }) => prompt.includes(mark));
  return template !== undefined ? readThinkTags(prompt, template) : {
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

/** The templates that mark reasoning with `<think>` and `</think>`. */
const THINK_TEMPLATES = [
  {
    mark: "<|im_start|>",
    user: /<\|im_start\|>user\n(.*?)<\|im_end\|>/gs,
    assistant: "<|im_start|>assistant\n",
  },
  {
    mark: "<|start_header_id|>",
    user: /<\|start_header_id\|>user<\|end_header_id\|>\n\n(.*?)<\|eot_id\|>/gs,
    assistant: "<|start_header_id|>assistant<|end_header_id|>\n\n",
  },
  {
    mark: "<｜Assistant｜>",
    user: /<｜User｜>(.*?)<｜Assistant｜>/gs,
    assistant: "<｜Assistant｜>",
  },
] as const;

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
  { user, assistant }: typeof THINK_TEMPLATES[number],
): PromptParts {
  const start = prompt.lastIndexOf(assistant);
  const written = start < 0 ? "" : prompt.slice(start + assistant.length);
  const openAt = written.indexOf(OPEN_TAG);
  const closeAt = written.lastIndexOf(CLOSE_TAG);
  const isReasoning = openAt >= 0 && closeAt < openAt;
  const isAnswering = closeAt >= 0 || (!isReasoning && written.trim() !== "");
  return {
    question: lastMatch(prompt, user),
    prefill: isReasoning
      ? written.slice(openAt + OPEN_TAG.length)
      : written.slice(closeAt < 0 ? 0 : closeAt + CLOSE_TAG.length),
    reasoning: closeAt < 0 || openAt < 0 || isReasoning
      ? null
      : written.slice(openAt + OPEN_TAG.length, closeAt),
    isAnswering,
    hasChannels: !isAnswering,
    open: isReasoning ? "" : OPEN_TAG,
    close: "</think>\n\n",
  };
}

function lastMatch(text: string, pattern: RegExp): string {
  return [...text.matchAll(pattern)].at(-1)?.[1] ?? "";
}
