import {
  isJsonObject,
  numberOrNull,
  objectOrEmpty,
  stringOrNull,
} from "../util/json_object.ts";
import type { Usage, WireResponse } from "../response.ts";
import {
  type MessageTexts,
  type SplitAnswer,
  splitAnswer,
} from "./split_answer.ts";
import { splitRawText } from "./split_raw_text.ts";
import type { PreparedRequest } from "../prepared_request.ts";
import type { ToolCall } from "../prompt.ts";
import type { FoundChoice } from "./find_choice.ts";

/** Reads the fields of a sample from an answer. A field of a wrong type counts as missing. */
export function readSample(
  { raw: body, choice }: FoundChoice,
  request: Pick<PreparedRequest, "model" | "seed" | "prefill" | "format">,
  receivedAtMs: number,
): Omit<WireResponse, "rawJson" | "latencyMs"> {
  const message = objectOrEmpty(choice.message);
  const toolCalls = Array.isArray(message.tool_calls)
    ? message.tool_calls as ToolCall[]
    : [];
  const used = usage(body.usage);
  const texts = {
    content: contentText(message.content) ?? stringOrNull(choice.text),
    reasoning: stringOrNull(message.reasoning) ??
      stringOrNull(choice.reasoning),
    callsTools: toolCalls.length > 0,
    reasoningTokens: used.reasoningTokens,
    finishReason: stringOrNull(choice.finish_reason),
  };
  return {
    ...split(texts, request),
    finishReason: stringOrNull(choice.finish_reason),
    usage: used,
    provider: stringOrNull(body.provider),
    responseId: stringOrNull(body.id) ?? "",
    model: stringOrNull(body.model) ?? request.model,
    object: stringOrNull(body.object) ?? "chat.completion",
    created: numberOrNull(body.created) ?? Math.floor(receivedAtMs / 1000),
    seed: request.seed,
    toolCalls,
    logprobs: choice.logprobs ?? null,
    systemFingerprint: stringOrNull(body.system_fingerprint),
  };
}

function split(
  texts: MessageTexts,
  { prefill, format }: Pick<PreparedRequest, "prefill" | "format">,
): SplitAnswer {
  if (format === null) return splitAnswer(texts, prefill);
  const answer = splitRawText(texts, format);
  // A template may open the thought where the caller does not.
  return prefill === null ? { ...answer, prefill: null } : answer;
}

/** The text of a content; some providers send it in parts. */
function contentText(content: unknown): string | null {
  if (!Array.isArray(content)) return stringOrNull(content);
  const texts = content.map((part) =>
    stringOrNull(isJsonObject(part) ? part.text : part) ?? ""
  );
  return texts.join("");
}

function usage(value: unknown): Usage {
  const counts = objectOrEmpty(value);
  const details = objectOrEmpty(counts.completion_tokens_details);
  return {
    promptTokens: numberOrNull(counts.prompt_tokens) ?? 0,
    completionTokens: numberOrNull(counts.completion_tokens) ?? 0,
    totalTokens: numberOrNull(counts.total_tokens) ?? 0,
    reasoningTokens: numberOrNull(details.reasoning_tokens),
    cost: numberOrNull(counts.cost),
  };
}
