import { OPENROUTER_FIELDS, type ServerDialect } from "./server_dialect.ts";

/**
 * vLLM ends the last message without the end-of-turn token if the request says so (`ChatCompletionRequest`
 * in vllm/entrypoints/openai). Both fields are needed: it rejects `continue_final_message` beside
 * `add_generation_prompt`, which is on by default.
 */
export const VLLM: ServerDialect = {
  prefillBody: { continue_final_message: true, add_generation_prompt: false },
  unsupported: [...OPENROUTER_FIELDS, "top_a"],
  // CompletionRequest.echo, ChatCompletionRequest.prompt_logprobs.
  scoring: {
    of: "echo",
    renderedBody: { add_special_tokens: false },
    messages: "prompt_logprobs",
  },
};
