import type { Prompt } from "../../../mod.ts";

/** A prompt as one text; messages as JSON. */
export function promptText(prompt: Prompt): string {
  return typeof prompt === "string" ? prompt : JSON.stringify(prompt);
}
