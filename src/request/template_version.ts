import type { TemplateName } from "./template_name.ts";

/**
 * The version of a template's text and of what this package makes of it: part of the cache key, and so
 * known without the template. It changes with what the template writes.
 */
export function templateVersion(name: TemplateName): string {
  return `${name}-${RULES_VERSION}-${DIGESTS[name]}`;
}

/** To be raised with any change of the texts that the same templates give. */
const RULES_VERSION = 1;

const QWEN3 = "87a2728cb8dc9fe4";
const DEEPSEEK_V3 = "3b8267e54b67df65";

/** The beginnings of the SHA-256 of the templates' texts; a test holds them against these. */
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
