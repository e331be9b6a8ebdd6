import type { Prompt } from "../../mod.ts";

/** A prompt as one text; messages as their texts, with an empty line between two. */
export function promptText(prompt: Prompt): string {
  if (typeof prompt === "string") return prompt;
  return prompt.map(({ content }) =>
    typeof content === "string"
      ? content
      : (content ?? []).map(({ text }) => text ?? "").join("\n")
  ).join("\n\n");
}
