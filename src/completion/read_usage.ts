import type { Usage } from "../response.ts";
import {
  booleanOrNull,
  isJsonObject,
  type JsonObject,
  objectOrEmpty,
} from "../util/json_object.ts";

/** Reads the `usage` of an answer or of a cache entry. Missing counts are `null`, never 0. */
export function readUsage(value: unknown): Usage {
  const usage = objectOrEmpty(value);
  const prompt = objectIn(usage.prompt_tokens_details) ??
    objectIn(usage.input_tokens_details);
  const completion = objectIn(usage.completion_tokens_details) ??
    objectIn(usage.output_tokens_details);
  const promptTokens = numberIn(usage.prompt_tokens, usage.input_tokens);
  const completionTokens = numberIn(
    usage.completion_tokens,
    usage.output_tokens,
  );
  const sum = promptTokens === null || completionTokens === null
    ? null
    : promptTokens + completionTokens;
  return {
    promptTokens,
    completionTokens,
    totalTokens: numberIn(usage.total_tokens, sum),
    reasoningTokens: numberIn(
      completion?.reasoning_tokens,
      usage.reasoning_tokens,
    ),
    cachedTokens: numberIn(prompt?.cached_tokens),
    cacheWriteTokens: numberIn(prompt?.cache_write_tokens),
    cost: numberIn(usage.cost),
    isByok: booleanOrNull(usage.is_byok),
    upstreamCost: numberIn(
      objectOrEmpty(usage.cost_details).upstream_inference_cost,
    ),
  };
}

function objectIn(value: unknown): JsonObject | null {
  return isJsonObject(value) ? value : null;
}

function numberIn(...values: readonly unknown[]): number | null {
  return values.find((value): value is number => typeof value === "number") ??
    null;
}
