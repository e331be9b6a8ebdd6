import type { ReasoningMarkup } from "../prepared_request.ts";
import type { TemplateName } from "./template_name.ts";

/** What a chat template does not say by itself. */
export interface TemplateRule {
  /** How thoughts are marked. */
  readonly markup: ReasoningMarkup;
  /** What begins a turn of the assistant's. */
  readonly turn: string;
  /** What is put behind the template's text to open a thought where the caller begins none. */
  readonly opens: string;
  /**
   * What is taken off an earlier answer, for its thought. Null where the template does that right, or
   * the model's makers leave thoughts in.
   */
  readonly earlierThought: RegExp | null;
  /** Whether the template loses system messages that are not the first. */
  readonly systemFirst: boolean;
  /** The tokens that the model reads as marks, not as text. */
  readonly marks: RegExp;
  /** Texts for `stop`: see {@linkcode templateRule}. */
  readonly stop: readonly string[];
}

/**
 * The rule of a template.
 *
 * `stop` has the tokens that end an answer. A server that knows the model's end of an answer needs
 * none of them, one that takes a raw prompt for a base model's does; they do no harm to either.
 */
export function templateRule(name: TemplateName): TemplateRule {
  return RULES[name];
}

const HARMONY: TemplateRule = {
  markup: "harmony",
  turn: "<|start|>assistant",
  opens: "",
  earlierThought: /^<think>.*?<\/think>\n{0,2}/s,
  systemFirst: true,
  marks:
    /<\|(?:start|end|message|channel|constrain|return|call|startoftext|endoftext)\|>/g,
  stop: ["<|return|>", "<|call|>"],
};

const CHATML: TemplateRule = {
  markup: "think",
  turn: "<|im_start|>assistant\n",
  opens: "",
  // The template would do this with lstrip("\n"), whose argument @huggingface/jinja does not read.
  earlierThought: /^.*<\/think>\n*/s,
  systemFirst: false,
  marks: /<\|(?:im_start|im_end|endoftext)\|>/g,
  stop: ["<|im_end|>"],
};

const DEEPSEEK: TemplateRule = {
  markup: "think",
  turn: "<｜Assistant｜>",
  opens: "",
  earlierThought: null,
  systemFirst: false,
  marks: /<｜[^<>｜]+｜>/g,
  stop: ["<｜end▁of▁sentence｜>"],
};

const RULES: Readonly<Record<TemplateName, TemplateRule>> = {
  "gpt-oss": HARMONY,
  "qwen3": CHATML,
  "qwen3-thinking": { ...CHATML, opens: "<think>\n" },
  // Its template is Qwen3's but for these two.
  "qwq": {
    ...CHATML,
    opens: "<think>\n",
    earlierThought: /^(?:.*<\/think>)?\n*/s,
  },
  "deepseek-v3": DEEPSEEK,
  "deepseek-v3.1": DEEPSEEK,
  // Its template is DeepSeek-V3's but for these two.
  "deepseek-r1": {
    ...DEEPSEEK,
    opens: "<think>\n",
    earlierThought: /^.*<\/think>/s,
  },
  "deepseek-r1-0528": DEEPSEEK,
};
