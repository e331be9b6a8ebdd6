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

/** The kinds of servers whose request format is known. The type check requires each of them. */
export const SERVER_NAMES = Object.keys(
  {
    openrouter: true,
    vllm: true,
    sglang: true,
    llamacpp: true,
    deepseek: true,
    mistral: true,
    moonshot: true,
    "openai-compatible": true,
  } satisfies Record<ServerName, true>,
) as readonly ServerName[];
