import type { Message } from "../prompt.ts";
import {
  type RawPrompt,
  rawPrompt,
  type RawPromptOptions,
  type WriteMessages,
} from "./raw_prompt.ts";
import type { TemplateName } from "./template_name.ts";
import type { ReasoningMarkup } from "../prepared_request.ts";
import { templateRule } from "./template_rule.ts";
import { templateText } from "./template_text.ts";

/** A chat template that is ready to write prompts. */
export interface RawTemplate {
  /** Its name. */
  readonly name: TemplateName;
  /** How its prompts mark thoughts. */
  readonly markup: ReasoningMarkup;
  /** Texts worth sending as `stop`. */
  readonly stop: readonly string[];
  /**
   * A conversation as one text that the model continues.
   *
   * @throws {TypeError} Where a message holds anything but text, where `prefill` does not fit the
   * messages, where gpt-oss's `reasoningEffort` is not one of its three, and with the `cause` where
   * the template itself refuses the conversation.
   */
  render(messages: readonly Message[], options?: RawPromptOptions): RawPrompt;
}

/**
 * Loads a template, and only now the program that reads templates.
 *
 * gpt-oss's template writes the day's date. Here it is always {@linkcode GPT_OSS_DATE}: with another
 * prompt every day, no sample could be found again.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * const template = await loadTemplate("qwen3");
 * const { text } = template.render(
 *   [{ role: "user", content: "What is 5*10?" }],
 *   { prefill: "<think>\n5*1" },
 * );
 * assertEquals(
 *   text,
 *   "<|im_start|>user\nWhat is 5*10?<|im_end|>\n<|im_start|>assistant\n<think>\n5*1",
 * );
 * ```
 */
export async function loadTemplate(name: TemplateName): Promise<RawTemplate> {
  const [{ Template }, template] = await Promise.all([
    import("@huggingface/jinja"),
    templateText(name),
  ]);
  const rule = templateRule(name);
  const parsed = new Template(FIXED_DATE + template.text);
  const write: WriteMessages = (messages, variables) => {
    try {
      const text = parsed.render({
        messages,
        add_generation_prompt: true,
        bos_token: template.bosToken ?? "",
        eos_token: template.eosToken,
        ...variables,
      });
      return name === "gpt-oss" ? asHarmony(text, messages[0]) : text;
    } catch (cause) {
      const reason = cause instanceof Error ? cause.message : cause;
      throw new TypeError(
        `the chat template ${name} cannot hold these messages: ${reason}`,
        { cause },
      );
    }
  };
  return {
    name,
    markup: rule.markup,
    stop: rule.stop,
    render: (messages, options = {}) =>
      rawPrompt(messages, options, rule, write),
  };
}

/** The date in gpt-oss's prompts: that of the examples in the description of its format. */
export const GPT_OSS_DATE = "2025-06-28";

// A macro is the one thing that takes the place of the reader's own clock.
const FIXED_DATE =
  `{%- macro strftime_now(format) -%}${GPT_OSS_DATE}{%- endmacro -%}`;

/**
 * OpenAI's own renderer ends the system's instructions where they end, the template two newlines
 * later. The model was taught by the former, and servers use it.
 */
function asHarmony(
  text: string,
  first: { readonly role: string; readonly content: string } | undefined,
): string {
  if (first?.role !== "system") return text;
  const instructions =
    `<|start|>developer<|message|># Instructions\n\n${first.content}`;
  return text.replace(
    `${instructions}\n\n<|end|>`,
    () => `${instructions}<|end|>`,
  );
}
