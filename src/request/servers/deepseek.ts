import { PROVIDER_UNSUPPORTED, type ServerDialect } from "./server_dialect.ts";

/**
 * DeepSeek continues a message with `prefix: true` and takes its reasoning in `reasoning_content`, at the
 * base URL https://api.deepseek.com/beta (api-docs.deepseek.com, "Chat Prefix Completion"). Its API has
 * no seed.
 */
export const DEEPSEEK: ServerDialect = {
  prefillMessage: { prefix: true },
  reasoningField: "reasoning_content",
  seedField: null,
  unsupported: PROVIDER_UNSUPPORTED,
  scoring: {
    of: null,
    reason:
      "DeepSeek reports only sampled tokens: its FIM endpoint does not report the tokens of a prompt",
  },
};
