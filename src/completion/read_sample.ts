import { compactJson } from "../compact_json.ts";
import type { PreparedRequest } from "../prepared_request.ts";
import type { Usage, WireResponse } from "../response.ts";
import {
  isJsonObject,
  type JsonObject,
  parseJsonObject,
  stringOrNull,
} from "../util/json_object.ts";
import type { FoundChoice } from "./find_choice.ts";
import { isTruncated } from "./is_truncated.ts";
import type { MessageParts } from "./read_message.ts";
import {
  type MessageTexts,
  type SplitAnswer,
  splitAnswer,
} from "./split_answer.ts";
import { splitRepeatedPrefill } from "./split_repeated_prefill.ts";
import { splitRawText } from "./split_raw_text.ts";

/** Reads the fields of a sample from an answer. A field of a wrong type counts as missing. */
export function readSample(
  { body, json, choice }: FoundChoice,
  message: MessageParts,
  { request, receivedAtMs, latencyMs, usage }: {
    readonly request: PreparedRequest;
    readonly receivedAtMs: number;
    readonly latencyMs: number | null;
    readonly usage: Usage;
  },
): WireResponse {
  const { refusal, toolCalls, images, audio, annotations } = message;
  const finishReason = stringOrNull(choice.finish_reason);
  const nativeFinishReason = stringOrNull(choice.native_finish_reason);
  const maxTokens = finishReason ? null : limitOf(request);
  const truncated = isTruncated(
    { finishReason, nativeFinishReason, usage },
    maxTokens,
  );
  const texts = split({
    content: message.content,
    reasoning: message.reasoning,
    callsTools: toolCalls.length > 0,
    reasoningTokens: usage.reasoningTokens,
    finishReason,
  }, request);
  const isAllHidden = truncated && texts.content === "" &&
    texts.reasoning === null && toolCalls.length === 0 &&
    (message.hasHiddenReasoning || (usage.reasoningTokens ?? 0) > 0);
  const model = stringOrNull(body.model) ?? request.model;
  const warnings = [
    ...unknownPartWarnings(message, model),
    ...routingWarnings(body),
  ];
  // Without spreading, which takes several times as long.
  const response: WireResponse = {
    content: texts.content,
    reasoning: texts.reasoning,
    prefill: texts.prefill,
    completedReasoning: texts.completedReasoning && !isAllHidden,
    refusal,
    finishReason,
    nativeFinishReason,
    truncated,
    usage,
    provider: stringOrNull(body.provider),
    responseId: stringOrNull(body.id) ?? "",
    model,
    object: stringOrNull(body.object) ?? "chat.completion",
    created: typeof body.created === "number"
      ? body.created
      : Math.floor(receivedAtMs / 1000),
    seed: request.seed,
    toolCalls,
    images,
    audio,
    annotations,
    logprobs: choice.logprobs ?? null,
    systemFingerprint: stringOrNull(body.system_fingerprint),
    latencyMs,
    rawJson: compactJson(json, texts),
  };
  return warnings.length === 0 ? response : { ...response, warnings };
}

function split(
  texts: MessageTexts,
  { prefill, repeatsPrefill, format, model }: PreparedRequest,
): SplitAnswer {
  if (format === null) {
    const split = repeatsPrefill ? splitRepeatedPrefill : splitAnswer;
    return split(texts, prefill, opensReasoning(model));
  }
  const answer = splitRawText(texts, format);
  // A template may open the reasoning although the caller did not.
  return prefill === null ? { ...answer, prefill: null } : answer;
}

/** Returns the token limit of a request. Parsing its body takes time, and few answers need it. */
function limitOf({ body }: PreparedRequest): unknown {
  const fields = parseJsonObject(body);
  return fields?.max_tokens ?? fields?.max_completion_tokens;
}

function unknownPartWarnings(
  { unknownTypes }: MessageParts,
  model: string,
): string[] {
  if (unknownTypes.length === 0) return [];
  const types = [...new Set(unknownTypes)].join(", ");
  return [
    `answers of ${model} contain parts of an unknown type (${types}), which only Response.raw contains`,
  ];
}

/**
 * Whether the chat template of a model opens the reasoning, so that an answer may contain `</think>`
 * without `<think>`.
 */
function opensReasoning(model: string): boolean {
  return /(?:^|\/)(?:deepseek-r1|qwq)|qwen3[^/]*-thinking/i.test(model);
}

/** Returns warnings about what OpenRouter did with a request, from the `openrouter_metadata` of its answer. */
function routingWarnings(body: JsonObject): string[] {
  const metadata = body.openrouter_metadata;
  if (!isJsonObject(metadata) || !Array.isArray(metadata.pipeline)) return [];
  const isCompressed = metadata.pipeline.some((stage) =>
    isJsonObject(stage) && stage.type === "context_compression"
  );
  return isCompressed
    ? [
      "OpenRouter compressed the prompt: the model did not read all of it; to prevent that, set " +
      'extraBody: { plugins: [{ id: "context-compression", enabled: false }] }',
    ]
    : [];
}
