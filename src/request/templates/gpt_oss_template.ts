// Written by scripts/update_templates.ts: not to be edited by hand.

import type { ChatTemplate } from "./chat_template.ts";
import text from "./gpt_oss.jinja" with { type: "text" };

/** The chat template of gpt-oss-20b and gpt-oss-120b. */
export const gptOssTemplate: ChatTemplate = {
  name: "gpt-oss",
  bosToken: "<|startoftext|>",
  eosToken: "<|return|>",
  source: "node-llama-cpp@3.22.1",
  licence: "Apache-2.0",
  sha256: "a4c9919cbbd4acdd51ccffe22da049264b1b73e59055fa58811a99efbd7c8146",
  text,
};
