import { modelFamily } from "./model_family.ts";

/**
 * Returns why a model is known not to continue a prefill over chat, or `null` if only a probe can show it.
 *
 * Reasoning models of Google and OpenAI hide their reasoning, other models of OpenAI ignore a last
 * message of the assistant, and Claude refuses it from version 4.6 on (400, "does not support
 * assistant message prefill").
 */
export function prefillObjection(model: string): string | null {
  const slug = model.toLowerCase();
  if (modelFamily(slug) === "harmony") {
    return `${model} does not continue a prefill over chat: set prefillVia: "completions" or prefillVia: "auto"`;
  }
  if (
    modelFamily(slug) === "hidden" || /(^|\/)gemini-(2\.5|[3-9])/.test(slug)
  ) {
    return `${model} hides its reasoning`;
  }
  if (/^~?openai\//.test(slug)) {
    return `${model} does not continue a last message of the assistant`;
  }
  return isNewClaude(slug)
    ? `${model} refuses a prefill, as Claude does from version 4.6 on`
    : null;
}

/** Whether it is Claude 4.6 or later. The version comes before or after the name. */
function isNewClaude(slug: string): boolean {
  const [, version] =
    /(?:^|\/)claude-(?:[a-z]+-)*(\d+(?:[.-]\d{1,2})?)(?![\d])/.exec(slug) ?? [];
  if (version === undefined) return false;
  const [major = 0, minor = 0] = version.split(/[.-]/).map(Number);
  return major > 4 || (major === 4 && minor >= 6);
}
