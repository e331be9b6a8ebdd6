import type { Prompt } from "../prompt.ts";

/** Whether a prompt contains the beginning of the model's own text. */
export function isPrefilled(prompt: Prompt): boolean {
  return typeof prompt === "string"
    ? prompt.includes("<think>")
    : prompt.at(-1)?.role === "assistant";
}
