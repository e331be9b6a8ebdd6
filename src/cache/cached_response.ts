import { firstChoice } from "../completion/first_choice.ts";
import { isTruncated } from "../completion/is_truncated.ts";
import { readMessage } from "../completion/read_message.ts";
import { readUsage } from "../completion/read_usage.ts";
import { PREFILL_OUTCOMES } from "../prefill_outcome.ts";
import type { Prompt } from "../prompt.ts";
import { isPrefilled } from "../request/is_prefilled.ts";
import { Response } from "../response.ts";
import {
  isJsonObject,
  type JsonObject,
  numberOrNull,
  stringOrNull,
} from "../util/json_object.ts";
import type { EntryRequest } from "./entry_request.ts";
import type { EntryTexts } from "./entry_texts.ts";

/** Returns the sample in a parsed cache file. */
export function cachedResponse(
  entry: JsonObject,
  { texts, seed, request, compactRaw }: {
    readonly texts: EntryTexts;
    readonly seed: number;
    readonly request: EntryRequest;
    /** The answer as JSON, which takes less memory than the parsed one, or `null`. */
    readonly compactRaw: string | null;
  },
): Response {
  const data = entry.response as JsonObject;
  const raw = isJsonObject(entry.raw) ? entry.raw : null;
  const choice = raw === null ? {} : firstChoice(raw) ?? {};
  const { refusal, toolCalls, images, audio, annotations } = readMessage(
    choice,
  );
  const finishReason = stringOrNull(data.finish_reason);
  const nativeFinishReason = stringOrNull(choice.native_finish_reason);
  const usage = readUsage(raw?.usage ?? data.usage);
  const { max_tokens, max_completion_tokens } = request.body;
  const parts = {
    ...texts,
    refusal,
    finishReason,
    nativeFinishReason,
    truncated: isTruncated(
      { finishReason, nativeFinishReason, usage },
      max_tokens ?? max_completion_tokens,
    ),
    usage,
    provider: stringOrNull(data.provider),
    responseId: stringOrNull(data.response_id) ?? "",
    model: stringOrNull(data.model) ?? request.body.model,
    object: stringOrNull(data.object) ?? "",
    created: numberOrNull(data.created) ?? 0,
    seed,
    completedReasoning: typeof data.completed_reasoning === "boolean"
      ? data.completed_reasoning
      : texts.reasoning === null || texts.full.includes("</think>"),
    prefill: prefillOf(entry, request.prompt),
    systemFingerprint: stringOrNull(entry.system_fingerprint) ??
      stringOrNull(raw?.system_fingerprint),
    toolCalls,
    images,
    audio,
    annotations,
    logprobs: data.logprobs ?? null,
    latencyMs: numberOrNull(entry.latency_ms),
  };
  const origin = {
    cached: true,
    attempts: numberOrNull(entry.attempts),
    quantization: stringOrNull(entry.quantization),
  };
  const answer = compactRaw === null ? { raw } : { rawJson: compactRaw };
  return new Response({ ...parts, ...answer }, origin, request.sampled);
}

function prefillOf(
  { prefill }: JsonObject,
  prompt: Prompt,
): Response["prefill"] {
  if (prefill === undefined) {
    // Other programs do not record the outcome.
    return isPrefilled(prompt) ? "unknown" : null;
  }
  return PREFILL_OUTCOMES.find((outcome) => outcome === prefill) ?? null;
}
