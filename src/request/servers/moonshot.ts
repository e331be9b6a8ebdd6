import { OPENROUTER_FIELDS, type ServerDialect } from "./server_dialect.ts";

/**
 * Moonshot continues a message with `partial: true` (platform.moonshot.ai, "Partial mode") and returns
 * reasoning in `reasoning_content`. Its API has no seed.
 */
export const MOONSHOT: ServerDialect = {
  prefillMessage: { partial: true },
  reasoningField: "reasoning_content",
  seedField: null,
  unsupported: [
    ...OPENROUTER_FIELDS,
    "include_reasoning",
    "logit_bias",
    "min_p",
    "repetition_penalty",
    "top_a",
    "top_k",
  ],
};
