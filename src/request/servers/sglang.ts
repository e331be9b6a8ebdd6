import { OPENROUTER_FIELDS, type ServerDialect } from "./server_dialect.ts";

/**
 * SGLang appends the last message to the generation prompt (`continue_final_message` of
 * `ChatCompletionRequest` in sglang/srt/entrypoints/openai/protocol.py). Its `reasoning` is
 * OpenRouter's.
 */
export const SGLANG: ServerDialect = {
  prefillBody: { continue_final_message: true },
  unsupported: [
    ...OPENROUTER_FIELDS.filter((field) => field !== "reasoning"),
    "include_reasoning",
    "top_a",
  ],
  // Its OpenAI endpoints do not report the tokens of a prompt; /generate does (GenerateReqInput).
  scoring: { of: "input_token_logprobs" },
};
