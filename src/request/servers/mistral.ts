import { PROVIDER_UNSUPPORTED, type ServerDialect } from "./server_dialect.ts";

/**
 * Mistral continues a message with `prefix: true`, and repeats it at the start of the answer. It rejects
 * unknown fields with status 422 (docs.mistral.ai, "Chat completion").
 */
export const MISTRAL: ServerDialect = {
  prefillMessage: { prefix: true },
  repeatsPrefill: true,
  seedField: "random_seed",
  unsupported: [...PROVIDER_UNSUPPORTED, "logprobs", "top_logprobs"],
  scoring: { of: null, reason: "Mistral reports no log-probabilities" },
};
