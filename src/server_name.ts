/** The kinds of servers whose request format is known. */
export const SERVER_NAMES = [
  "openrouter",
  "vllm",
  "sglang",
  "llamacpp",
  "deepseek",
  "mistral",
  "moonshot",
  "openai-compatible",
] as const;

/** A kind of server: which fields of a request carry a prefill and the seed. */
export type ServerName = typeof SERVER_NAMES[number];
