import type { Prompt } from "../api_types.ts";

/** Whether a prompt begins the model's own text. */
export function isPrefilled(prompt: Prompt): boolean {
  return typeof prompt === "string"
    ? prompt.includes("<think>")
    : prompt.at(-1)?.role === "assistant";
}
