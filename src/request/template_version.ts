import type { TemplateName } from "./template_name.ts";

/**
 * Returns the version of a template and of its rules. It is part of the cache key, so it must be known
 * without loading the template. It changes if the rendered text does.
 */
export function templateVersion(name: TemplateName): string {
  return `${name}-${RULES_VERSION}-${DIGESTS[name]}`;
}

/** Raise it if the same templates render other texts. */
const RULES_VERSION = 1;

const QWEN3 = "87a2728cb8dc9fe4";
const DEEPSEEK_V3 = "3b8267e54b67df65";

/** The start of the SHA-256 of each template's text; a test compares them. */
const DIGESTS: Readonly<Record<TemplateName, string>> = {
  "gpt-oss": "a4c9919cbbd4acdd",
  "qwen3": QWEN3,
  "qwen3-thinking": QWEN3,
  "qwq": QWEN3,
  "deepseek-v3": DEEPSEEK_V3,
  "deepseek-v3.1": "45690185067ea25c",
  "deepseek-r1": DEEPSEEK_V3,
  "deepseek-r1-0528": "53671bac29bcb3e1",
};
