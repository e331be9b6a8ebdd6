import type { ServerDialect } from "./server_dialect.ts";

/** OpenRouter passes the last message on, if it is the assistant's, for the provider to continue. */
export const OPENROUTER: ServerDialect = {};
