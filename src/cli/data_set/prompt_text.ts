import type { Prompt } from "../../../mod.ts";

/** Returns a prompt as one text. Messages become JSON. */
export function promptText(prompt: Prompt): string {
  return typeof prompt === "string" ? prompt : JSON.stringify(prompt);
}
