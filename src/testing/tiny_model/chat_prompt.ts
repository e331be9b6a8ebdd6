import type { Message } from "../parse_request.ts";

/**
 * Returns a conversation in the model's chat template, ChatML, up to where the model continues: in
 * the last message if that is the assistant's, otherwise at the start of its reasoning.
 */
export function chatPrompt(messages: readonly Message[]): string {
  const isPrefilled = messages.at(-1)?.role === "assistant";
  const text = messages
    .map(({ role, content }) => `<|im_start|>${role}\n${content}`)
    .join("<|im_end|>\n");
  return isPrefilled
    ? text
    : `${text}<|im_end|>\n<|im_start|>assistant\n<think>\n`;
}
