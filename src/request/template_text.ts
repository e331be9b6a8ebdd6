import type { TemplateName } from "./template_name.ts";
import templates from "./templates/templates.json" with { type: "json" };

/** A chat template as the makers of its models published it. */
export interface ChatTemplate {
  /** The template, in the language Jinja. */
  readonly text: string;
  /** The token that a prompt of the model begins with, or `null` if there is none. */
  readonly bosToken: string | null;
  /** The token that ends an answer. */
  readonly eosToken: string;
  /** The npm package that the text was taken from, with its version. */
  readonly source: string;
  /** The SPDX name of the licence that the model's makers gave it. */
  readonly licence: string;
  /** SHA-256 of the text, in hex. */
  readonly sha256: string;
}

/** Loads the text of a template, and its source. */
export async function templateText(name: TemplateName): Promise<ChatTemplate> {
  const published = PUBLISHED[name];
  const { default: text } = await TEXTS[published]();
  return { ...templates[published], text };
}

/**
 * Returns the version of a template and of its rules. It is part of the cache key, so it must be known
 * without loading the template. It changes if the rendered text does.
 */
export function templateVersion(name: TemplateName): string {
  const { sha256 } = templates[PUBLISHED[name]];
  return `${name}-${RULES_VERSION}-${sha256.slice(0, 16)}`;
}

/** Raise it if the same templates render other texts. */
const RULES_VERSION = 1;

/** The published template of each name; names that share one differ in their rules. */
const PUBLISHED: Readonly<Record<TemplateName, keyof typeof templates>> = {
  "gpt-oss": "gpt-oss",
  "qwen3": "qwen3",
  "qwen3-thinking": "qwen3",
  "qwq": "qwen3",
  "deepseek-v3": "deepseek-v3",
  "deepseek-v3.1": "deepseek-v3.1",
  "deepseek-r1": "deepseek-v3",
  "deepseek-r1-0528": "deepseek-r1-0528",
};

const TEXTS = {
  "gpt-oss": () =>
    import("./templates/gpt_oss.jinja", { with: { type: "text" } }),
  "qwen3": () => import("./templates/qwen3.jinja", { with: { type: "text" } }),
  "deepseek-v3": () =>
    import("./templates/deepseek_v3.jinja", { with: { type: "text" } }),
  "deepseek-v3.1": () =>
    import("./templates/deepseek_v3_1.jinja", { with: { type: "text" } }),
  "deepseek-r1-0528": () =>
    import("./templates/deepseek_r1_0528.jinja", { with: { type: "text" } }),
};
