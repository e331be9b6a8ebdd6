/** A kind of server: it decides which fields of a request carry a prefill and the seed. */
export type ServerName =
  | "openrouter"
  | "vllm"
  | "sglang"
  | "llamacpp"
  | "deepseek"
  | "mistral"
  | "moonshot"
  | "openai-compatible";

/** The kinds of servers whose request format is known. */
export const SERVER_NAMES: readonly ServerName[] = [
  "openrouter",
  "vllm",
  "sglang",
  "llamacpp",
  "deepseek",
  "mistral",
  "moonshot",
  "openai-compatible",
];
