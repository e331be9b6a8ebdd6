import { modelFamily } from "./model_family.ts";

/**
 * Why a model is known not to go on with a thought that a chat's last message begins; null where
 * nothing is known against it, which only trying can settle.
 *
 * Gemini's and OpenAI's own reasoning models hide their thoughts, OpenAI's others ignore an assistant's
 * last message, and Claude refuses it from 4.6 on (400, "does not support assistant message prefill").
 */
export function prefillObjection(model: string): string | null {
  const slug = model.toLowerCase();
  if (modelFamily(slug) === "harmony") {
    return `${model} takes no thought by the chat API: use prefillVia "completions" or "auto"`;
  }
  if (
    modelFamily(slug) === "hidden" || /(^|\/)gemini-(2\.5|[3-9])/.test(slug)
  ) {
    return `${model} hides its thoughts`;
  }
  if (/^~?openai\//.test(slug)) {
    return `${model} does not go on with an assistant's last message`;
  }
  return isNewClaude(slug)
    ? `${model} refuses prefill, as Claude does from 4.6 on`
    : null;
}

/** Both ways to write a version are in use: `claude-sonnet-4.6`, `claude-3.5-sonnet`. */
function isNewClaude(slug: string): boolean {
  const [, version] =
    /(?:^|\/)claude-(?:[a-z]+-)*(\d+(?:[.-]\d{1,2})?)(?![\d])/.exec(slug) ?? [];
  if (version === undefined) return false;
  const [major = 0, minor = 0] = version.split(/[.-]/).map(Number);
  return major > 4 || (major === 4 && minor >= 6);
}
