import type { ServerDialect } from "./server_dialect.ts";

/** OpenRouter passes the last message on, if it is the assistant's, for the provider to continue. */
export const OPENROUTER: ServerDialect = {
  rawLogprobsAsInChat: true,
  scoring: {
    of: null,
    reason:
      "OpenRouter ignores echo and prompt_logprobs, and reports only sampled tokens",
  },
};
