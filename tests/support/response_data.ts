import type { ResponseData } from "../../src/response.ts";

/** An answer of a reasoning model, with the given fields. */
export function responseData(
  fields: Partial<ResponseData> = {},
): ResponseData {
  return {
    full: " four</think> 4",
    content: " 4",
    reasoning: " four",
    refusal: null,
    finishReason: "stop",
    nativeFinishReason: null,
    truncated: false,
    usage: {
      promptTokens: 7,
      completionTokens: 9,
      totalTokens: 16,
      reasoningTokens: 5,
      cachedTokens: null,
      cacheWriteTokens: null,
      cost: 0.001,
      isByok: null,
      upstreamCost: null,
    },
    provider: "Nebius",
    responseId: "gen-1",
    model: "qwen/qwen3-30b-a3b-04-28",
    object: "chat.completion",
    created: 1_700_000_000,
    seed: 3,
    completedReasoning: true,
    prefill: null,
    systemFingerprint: null,
    toolCalls: [],
    images: [],
    audio: null,
    annotations: [],
    logprobs: null,
    latencyMs: 12,
    raw: { id: "gen-1" },
    ...fields,
  };
}
