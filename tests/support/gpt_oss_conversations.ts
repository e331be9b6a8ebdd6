import { Template } from "@huggingface/jinja";
import type { Message } from "../../src/prompt.ts";
import { GPT_OSS_DATE } from "../../src/request/load_template.ts";
import gptOssTemplate from "../../src/request/templates/gpt_oss.jinja" with {
  type: "text",
};

/** A question. */
export const QUESTION: Message = { role: "user", content: "What is 5*10?" };

/** Several turns, the last one a question. */
export const TURNS: Message[] = [
  { role: "user", content: "What is 2+2?" },
  { role: "assistant", content: "4" },
  QUESTION,
];

/** A conversation to render as a prompt for gpt-oss. */
export interface Conversation {
  /** The messages before the prefill. */
  readonly messages: readonly Message[];
  /** The reasoning effort; the default if absent. */
  readonly effort?: string;
  /** The prefill. */
  readonly prefill?: string;
  /** The reasoning in the prefill. */
  readonly thought?: string;
  /** The content in the prefill. */
  readonly answer?: string;
}

/** Conversations by name. */
export const CONVERSATIONS: Readonly<Record<string, Conversation>> = {
  "a question": { messages: [QUESTION] },
  "low effort": { messages: [QUESTION], effort: "low" },
  "medium effort": { messages: [QUESTION], effort: "medium" },
  "high effort": { messages: [QUESTION], effort: "high" },
  "a system message": {
    messages: [{ role: "system", content: "Be brief." }, QUESTION],
  },
  "a system message that ends with newlines": {
    messages: [{ role: "system", content: "Be brief.\n\n" }, QUESTION],
  },
  "several turns": { messages: TURNS },
  "Unicode": {
    messages: [
      { role: "system", content: "Réponds en français. 🦊" },
      { role: "user", content: "  5 × 10 = ? \t日本語\r\n𝒳 \u0301" },
    ],
  },
  "empty text": { messages: [{ role: "user", content: "" }] },
  "a partial thought": {
    messages: [QUESTION],
    prefill: "<think>\n5*1",
    thought: "5*1",
  },
  "a partial thought without a newline": {
    messages: [QUESTION],
    prefill: "<think>5*1",
    thought: "5*1",
  },
  "a partial thought with spaces around it": {
    messages: [QUESTION],
    prefill: "<think>\n\n 5*1 \n",
    thought: "\n 5*1 \n",
  },
  "a partial thought with system message, turns and effort": {
    messages: [{ role: "system", content: "S" }, ...TURNS],
    effort: "high",
    prefill: "<think>\nПять раз 🖐",
    thought: "Пять раз 🖐",
  },
  "a thought that is empty": {
    messages: [QUESTION],
    prefill: "<think>\n",
    thought: "",
  },
  "a closed thought": {
    messages: [QUESTION],
    prefill: "<think>\n5*10=50\n</think>\n\n",
    thought: "5*10=50",
    answer: "",
  },
  "a closed thought and a partial answer": {
    messages: TURNS,
    prefill: "<think>5*10=50</think>The ans",
    thought: "5*10=50",
    answer: "The ans",
  },
};

/** Renders a conversation with gpt-oss's own template. */
export function byTemplate({ messages, effort }: Conversation): string {
  return new Template(gptOssTemplate).render({
    messages: messages.map(({ role, content }) => ({ role, content })),
    add_generation_prompt: true,
    ...(effort === undefined ? {} : { reasoning_effort: effort }),
  }).replace(/(?<=Current date: )[\d-]+/, GPT_OSS_DATE);
}
