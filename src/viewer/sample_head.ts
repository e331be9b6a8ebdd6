import type { CachedSample } from "../cache/cache_reader.ts";
import { cutAt } from "../util/cut_at.ts";
import type { SampleHead, SampleOptions, SampleTexts } from "./view_data.ts";

/** How many characters of the content a list shows. */
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
    refusal: response.refusal,
    finishReason: response.finishReason,
    truncated: response.truncated,
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

/** An unusable file as lists show it. */
export function unusableHead(
  name: string,
  seed: number,
  problem: string,
): SampleHead {
  return {
    name,
    seed,
    problem,
    refusal: null,
    finishReason: null,
    truncated: false,
    provider: null,
    model: "",
    promptTokens: null,
    completionTokens: null,
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

/** The texts of a sample; empty for an unusable file. */
export function sampleTexts(
  { name, path, entry }: CachedSample,
  { withLogprobs = false }: SampleOptions = {},
): SampleTexts {
  const response = entry?.response;
  // For 50,000 tokens, `Response.logprobs` takes a second.
  const logprobs = withLogprobs
    ? response?.logprobs
    : response?.toJSON().logprobs;
  return {
    name,
    reasoning: response?.reasoning ?? null,
    content: response?.content ?? "",
    toolCalls: response?.toolCalls ?? [],
    path,
    responseId: response?.responseId ?? "",
    quantization: response?.quantization ?? null,
    systemFingerprint: response?.systemFingerprint ?? null,
    hasLogprobs: (logprobs ?? null) !== null,
    logprobs: withLogprobs ? response?.logprobs ?? null : null,
  };
}

/** The fields of a head, in the order in which the index stores their values. */
const FIELDS = Object.keys(unusableHead("", 0, "")) as (keyof SampleHead)[];

/** Encodes a head for the index: its values as JSON without field names, which would double the size. */
export function packHead(head: SampleHead): string {
  return JSON.stringify(FIELDS.map((field) => head[field]));
}

/** Decodes a head that {@linkcode packHead} encoded. */
export function unpackHead(packed: string): SampleHead {
  const values = JSON.parse(packed) as unknown[];
  return Object.fromEntries(
    FIELDS.map((field, index) => [field, values[index]]),
  ) as unknown as SampleHead;
}

/** The first characters of a text, without half a surrogate pair at the end. */
export function beginning(text: string, length: number): string {
  return text.slice(0, cutAt(text, length));
}
