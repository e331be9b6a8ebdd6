// Written by scripts/update_templates.ts: not to be edited by hand.

import type { ChatTemplate } from "./chat_template.ts";
import text from "./deepseek_v3_1.jinja" with { type: "text" };

/** The chat template of DeepSeek-V3.1. */
export const deepseekV3_1Template: ChatTemplate = {
  name: "deepseek-v3.1",
  bosToken: "<｜begin▁of▁sentence｜>",
  eosToken: "<｜end▁of▁sentence｜>",
  source: "@huggingface/ollama-utils@0.0.18",
  licence: "MIT",
  sha256: "45690185067ea25c073bff2d3e425a45ee2564d2bbf6cdf7d885e139d460b8e0",
  text,
};
