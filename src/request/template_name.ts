/**
 * A chat template with its rules. `qwen3-thinking`, `qwq`, and `deepseek-r1` open the reasoning;
 * with `qwen3` and `deepseek-r1-0528` the model does.
 */
export type TemplateName =
  | "gpt-oss"
  | "qwen3"
  | "qwen3-thinking"
  | "qwq"
  | "deepseek-v3"
  | "deepseek-v3.1"
  | "deepseek-r1"
  | "deepseek-r1-0528";

/**
 * Returns the chat template of a model by its slug, or `null` if it is unknown. The author and the
 * variant after `:` are ignored.
 *
 * Only models whose own template is known to render the same text are listed. A fine-tuned model, or
 * a later one of the same series, may have been trained with another template. DeepSeek's distilled
 * models use the template of their teacher.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(templateName("qwen/qwen3-30b-a3b"), "qwen3");
 * assertEquals(templateName("qwen/qwen3-coder"), null);
 * ```
 */
export function templateName(model: string): TemplateName | null {
  const slug = model.toLowerCase().replace(/:.*$/s, "");
  return MODELS.find(([pattern]) => pattern.test(slug))?.[1] ?? null;
}

const MODELS: readonly (readonly [RegExp, TemplateName])[] = [
  [named("gpt-oss-(20b|120b)"), "gpt-oss"],
  [
    named(
      "qwen3-(0\\.6b|1\\.7b|4b|8b|14b|32b|30b-a3b|235b-a22b)(-04-28)?",
    ),
    "qwen3",
  ],
  [named("qwen3-(4b|30b-a3b|235b-a22b)-thinking-2507"), "qwen3-thinking"],
  [named("qwen3-next-80b-a3b-thinking"), "qwen3-thinking"],
  [named("qwq-32b"), "qwq"],
  // In DeepSeek's own API this name means the latest model.
  [/^deepseek\/deepseek-chat$/, "deepseek-v3"],
  [named("deepseek-(chat-)?v3(-0324)?"), "deepseek-v3"],
  [named("deepseek-(chat-)?v3\\.1(-terminus)?"), "deepseek-v3.1"],
  [named("deepseek-r1"), "deepseek-r1"],
  [
    named("deepseek-r1-distill-(llama-(8|70)b|qwen-(1\\.5|7|14|32)b)"),
    "deepseek-r1",
  ],
  [named("deepseek-r1-0528(-qwen3-8b)?"), "deepseek-r1-0528"],
];

function named(pattern: string): RegExp {
  return new RegExp(`(^|/)${pattern}$`);
}
