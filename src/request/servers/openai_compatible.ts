import type { ServerDialect } from "./server_dialect.ts";

/**
 * A server of which nothing else is known gets the fields of OpenRouter, which are mostly OpenAI's.
 * Fireworks and Together report the tokens of a raw prompt with OpenAI's `echo`.
 */
export const OPENAI_COMPATIBLE: ServerDialect = { scoring: { of: "echo" } };
