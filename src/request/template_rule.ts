import type { ReasoningMarkup } from "../prepared_request.ts";
import type { TemplateName } from "./template_name.ts";

/** Facts about a chat template that its text does not contain. */
export interface TemplateRule {
  readonly markup: ReasoningMarkup;
  /** The text that starts a turn of the assistant. */
  readonly assistantHeader: string;
  /** The text to append if the caller passes no prefill, to open the reasoning. */
  readonly thinkPrefix: string;
  /**
   * The reasoning to remove from earlier answers. `null` if the template does that correctly, or the
   * model's makers keep reasoning.
   */
  readonly stripPastReasoning: RegExp | null;
  /** Whether the template loses system messages that are not the first. */
  readonly systemFirst: boolean;
  readonly specialTokens: RegExp;
  readonly stop: readonly string[];
}

/**
 * Returns the rule of a template.
 *
 * `stop` has the tokens that end an answer, for servers that treat a raw prompt like one for a base
 * model. Other servers end the answer there anyway.
 */
export function templateRule(name: TemplateName): TemplateRule {
  return RULES[name];
}

const HARMONY: TemplateRule = {
  markup: "harmony",
  assistantHeader: "<|start|>assistant",
  thinkPrefix: "",
  stripPastReasoning: /^<think>.*?<\/think>\n{0,2}/s,
  systemFirst: true,
  specialTokens:
    /<\|(?:start|end|message|channel|constrain|return|call|startoftext|endoftext)\|>/g,
  stop: ["<|return|>", "<|call|>"],
};

const CHATML: TemplateRule = {
  markup: "think",
  assistantHeader: "<|im_start|>assistant\n",
  thinkPrefix: "",
  // The template does this with lstrip("\n"), but @huggingface/jinja ignores the argument.
  stripPastReasoning: /^.*<\/think>\n*/s,
  systemFirst: false,
  specialTokens: /<\|(?:im_start|im_end|endoftext)\|>/g,
  stop: ["<|im_end|>"],
};

const DEEPSEEK: TemplateRule = {
  markup: "think",
  assistantHeader: "<｜Assistant｜>",
  thinkPrefix: "",
  stripPastReasoning: null,
  systemFirst: false,
  specialTokens: /<｜[^<>｜]+｜>/g,
  stop: ["<｜end▁of▁sentence｜>"],
};

const RULES: Readonly<Record<TemplateName, TemplateRule>> = {
  "gpt-oss": HARMONY,
  "qwen3": CHATML,
  "qwen3-thinking": { ...CHATML, thinkPrefix: "<think>\n" },
  // Its template is Qwen3's except for these two.
  "qwq": {
    ...CHATML,
    thinkPrefix: "<think>\n",
    stripPastReasoning: /^(?:.*<\/think>)?\n*/s,
  },
  "deepseek-v3": DEEPSEEK,
  "deepseek-v3.1": DEEPSEEK,
  // Its template is DeepSeek-V3's except for these two.
  "deepseek-r1": {
    ...DEEPSEEK,
    thinkPrefix: "<think>\n",
    stripPastReasoning: /^.*<\/think>/s,
  },
  "deepseek-r1-0528": DEEPSEEK,
};
