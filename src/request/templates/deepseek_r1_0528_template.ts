// Written by scripts/update_templates.ts: not to be edited by hand.

import type { ChatTemplate } from "./chat_template.ts";
import text from "./deepseek_r1_0528.jinja" with { type: "text" };

/** The chat template of DeepSeek-R1-0528. */
export const deepseekR1_0528Template: ChatTemplate = {
  name: "deepseek-r1-0528",
  bosToken: "<｜begin▁of▁sentence｜>",
  eosToken: "<｜end▁of▁sentence｜>",
  source: "@huggingface/ollama-utils@0.0.18",
  licence: "MIT",
  sha256: "53671bac29bcb3e1f95f51b8c77d85a6011b66dc38bd23dce64eef04384a976b",
  text,
};
