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
import { reasonOf } from "../util/reason_of.ts";

/** A chat template that renders prompts. */
export interface RawTemplate {
  readonly name: TemplateName;
  readonly markup: ReasoningMarkup;
  readonly stop: readonly string[];
  /**
   * Renders a conversation to one text, which the model continues.
   *
   * @throws {TypeError} If a message contains anything but text, `prefill` does not match the
   * messages, gpt-oss does not have the `reasoningEffort`, or, with the `cause`, the template
   * rejects the conversation.
   */
  render(messages: readonly Message[], options?: RawPromptOptions): RawPrompt;
}

/**
 * Loads a template and the template engine.
 *
 * The template of gpt-oss writes the current date. Here it is always {@linkcode GPT_OSS_DATE}, so that
 * the prompt, and with it the cache key, does not change every day.
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
      throw new TypeError(
        `the chat template ${name} rejects these messages: ${reasonOf(cause)}`,
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

/** The date in prompts for gpt-oss, from the examples in the description of its format. */
export const GPT_OSS_DATE = "2025-06-28";

// Only a macro overrides the function of the template engine.
const FIXED_DATE =
  `{%- macro strftime_now(format) -%}${GPT_OSS_DATE}{%- endmacro -%}`;

/**
 * Removes the two newlines that the template writes after the instructions. OpenAI's own renderer, by
 * which the model was trained and which servers use, does not write them.
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
