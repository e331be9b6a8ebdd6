import type { CachedSample } from "../cache/cache_reader.ts";
import type { SampleHead } from "./view_data.ts";

/** How much of an answer stands in a list. */
const CONTENT_START = 160;

/** A sample as lists show it, without its texts. */
export function sampleHead(
  { name, seed, entry, problem }: CachedSample,
): SampleHead {
  if (entry === null || problem !== null) {
    return unusableHead(name, seed, problem ?? "it cannot be read");
  }
  const { response } = entry;
  const { usage, reasoning, content } = response;
  return {
    name,
    seed,
    problem: null,
    finishReason: response.finishReason,
    provider: response.provider,
    model: response.model,
    promptTokens: usage.promptTokens,
    completionTokens: usage.completionTokens,
    reasoningTokens: usage.reasoningTokens,
    costUsd: usage.cost,
    latencyMs: response.latencyMs,
    created: response.created,
    attempts: response.attempts,
    prefill: response.prefill,
    completedReasoning: response.completedReasoning,
    reasoningLength: reasoning?.length ?? null,
    contentLength: content.length,
    contentStart: beginning(content, CONTENT_START),
  };
}

/** What is shown of a file that cannot be used. */
export function unusableHead(
  name: string,
  seed: number,
  problem: string,
): SampleHead {
  return {
    name,
    seed,
    problem,
    finishReason: null,
    provider: null,
    model: "",
    promptTokens: 0,
    completionTokens: 0,
    reasoningTokens: null,
    costUsd: null,
    latencyMs: null,
    created: 0,
    attempts: null,
    prefill: null,
    completedReasoning: true,
    reasoningLength: null,
    contentLength: 0,
    contentStart: "",
  };
}

/** The beginning of a text, which ends with a whole character. */
export function beginning(text: string, length: number): string {
  const cut = text.slice(0, length);
  return text.length > length ? cut.replace(/[\ud800-\udbff]$/, "") : cut;
}
