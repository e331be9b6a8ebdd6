/**
 * How a model accepts a prefill of its reasoning: `think` in an assistant message that starts with
 * `<think>`; `harmony` (gpt-oss) and `hidden` (Gemini's thinking models) not over the chat API.
 */
export type ModelFamily = "think" | "harmony" | "hidden";

/** Returns the family of a model by its slug. Unknown models are `think`. */
export function modelFamily(model: string): ModelFamily {
  const slug = model.toLowerCase();
  if (slug.includes("gpt-oss")) return "harmony";
  if (THINK.some((name) => slug.includes(name))) return "think";
  if (HIDDEN.some((name) => slug.includes(name))) return "hidden";
  return "think";
}

const THINK = ["qwen", "qwq", "claude", "anthropic", "deepseek"];

const HIDDEN = [
  "gemini-2.0-flash-thinking",
  "gemini-2.5-flash",
  "gemini-2.5-pro",
];
