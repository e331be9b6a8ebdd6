/** The text of reasoning and content, repeated up to the requested size. */
const SENTENCES = [
  "Okay, so I need to figure out what the product is.",
  "Let me first write both numbers down and look at their digits.",
  "Ten times a number only moves its digits one place to the left.",
  "Wait, I should check that with an addition as well.",
  "Adding the number to itself ten times gives the same, so that holds.",
  "Alternatively, halve one factor and double the other; it comes to the same again.",
  "I am confident now, but let me say it once more in one line.\n\n",
];

/**
 * Returns a chat completion of about `bytes` bytes as OpenRouter sends it: reasoning, again as
 * `reasoning_details`, content, usage, and cost. The result is deterministic.
 */
export function recordedAnswer(bytes: number): string {
  const textBytes = bytes - answer("", "").length;
  // The reasoning is contained twice.
  const reasoning = prose(Math.floor(textBytes * 0.4));
  return answer(reasoning, prose(textBytes - 2 * reasoning.length));
}

function answer(reasoning: string, content: string): string {
  const reasoningTokens = Math.ceil(reasoning.length / 4);
  const completionTokens = reasoningTokens + Math.ceil(content.length / 4);
  return JSON.stringify({
    id: "gen-1763856000-8Qm2vXc4TzLk7RwYp1Ns",
    provider: "DeepInfra",
    model: "qwen/qwen3-30b-a3b-04-28",
    object: "chat.completion",
    created: 1763856000,
    system_fingerprint: null,
    choices: [{
      logprobs: null,
      finish_reason: "stop",
      native_finish_reason: "stop",
      index: 0,
      message: {
        role: "assistant",
        content,
        refusal: null,
        reasoning,
        reasoning_details: [{
          type: "reasoning.text",
          text: reasoning,
          format: "unknown",
          index: 0,
        }],
      },
    }],
    usage: {
      prompt_tokens: 23,
      completion_tokens: completionTokens,
      total_tokens: 23 + completionTokens,
      cost: completionTokens * 2.2e-7,
      is_byok: false,
      prompt_tokens_details: { cached_tokens: 0, audio_tokens: 0 },
      cost_details: {
        upstream_inference_cost: null,
        upstream_inference_prompt_cost: 0.00000184,
        upstream_inference_completions_cost: completionTokens * 2.2e-7,
      },
      completion_tokens_details: {
        reasoning_tokens: reasoningTokens,
        image_tokens: 0,
      },
    },
  });
}

function prose(length: number): string {
  const round = SENTENCES.join(" ");
  return round.repeat(Math.ceil(length / round.length)).slice(0, length);
}
