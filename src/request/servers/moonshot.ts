import { PROVIDER_UNSUPPORTED, type ServerDialect } from "./server_dialect.ts";

/**
 * Moonshot continues a message with `partial: true` (platform.moonshot.ai, "Partial mode") and returns
 * reasoning in `reasoning_content`. Its API has no seed.
 */
export const MOONSHOT: ServerDialect = {
  prefillMessage: { partial: true },
  reasoningField: "reasoning_content",
  seedField: null,
  unsupported: PROVIDER_UNSUPPORTED,
  scoring: { of: null, reason: "Moonshot reports only sampled tokens" },
};
