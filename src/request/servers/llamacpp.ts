import { OPENROUTER_FIELDS, type ServerDialect } from "./server_dialect.ts";

/**
 * llama-server continues a last message of the assistant unless it runs with `--no-prefill-assistant`.
 * It rejects one whose content begins the reasoning while thinking is enabled, so the reasoning has a
 * field of its own.
 */
export const LLAMACPP: ServerDialect = {
  reasoningField: "reasoning_content",
  unsupported: [
    ...OPENROUTER_FIELDS,
    "include_reasoning",
    "repetition_penalty",
    "top_a",
  ],
  // It rejects `echo`. The native /completion reports the unbiased log-probability of the token that a
  // bias selects (`populate_token_probs` in tools/server), and so that of any token.
  scoring: { of: "n_probs", messages: "apply-template" },
};
