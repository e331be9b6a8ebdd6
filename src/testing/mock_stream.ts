import {
  answerToolCalls,
  answerUsage,
  type MockGeneration,
  reasoningDetails,
} from "./completion_body.ts";
import { tokenize } from "./tokenize.ts";

/** What stands in a stream beside the answer. */
export interface StreamOptions {
  /** The body to give back in the first chunk, or null for none. */
  readonly echoBody: unknown;
}

/** A comment that keeps the connection alive while the model has written nothing yet. */
export const PROCESSING_COMMENT = ": OPENROUTER PROCESSING\n\n";

/** The last event of every stream. */
export const DONE_EVENT = "data: [DONE]\n\n";

/**
 * The server-sent events of an answer, one text each: the pieces of the reasoning, those
 * of the content, the finish reason, the usage, and the end.
 */
export function streamEvents(
  generation: MockGeneration,
  options: StreamOptions,
): string[] {
  const { completion, request } = generation;
  const { finishReason } = completion;
  const isChat = request.prompt === null;
  const delta = (delta: Record<string, unknown>) =>
    choiceEvent(
      generation,
      isChat ? { delta: { role: "assistant", ...delta } } : {
        text: delta.content ?? "",
      },
    );
  const last = isChat ? { delta: { role: "assistant", content: "" } } : {
    text: "",
  };
  const calls = answerToolCalls(generation);
  return [
    ...(options.echoBody === null ? [] : [
      chunkEvent(generation, {
        choices: [],
        debug: { echo_upstream_body: options.echoBody },
      }),
    ]),
    ...cutPieces(completion.reasoning).map((piece) =>
      delta({
        content: "",
        reasoning: piece,
        reasoning_details: reasoningDetails(piece, generation.model),
      })
    ),
    ...cutPieces(completion.content).map((piece) => delta({ content: piece })),
    ...(calls.length === 0
      ? []
      : [delta({ content: null, tool_calls: calls })]),
    choiceEvent(generation, last, finishReason),
    chunkEvent(generation, { choices: [], usage: answerUsage(generation) }),
    DONE_EVENT,
  ];
}

/** The event that ends a stream with an error. */
export function streamErrorEvent(
  generation: MockGeneration,
  error: Record<string, unknown>,
): string {
  return chunkEvent(generation, {
    error,
    choices: [{
      index: 0,
      delta: { content: "" },
      finish_reason: "error",
      native_finish_reason: "error",
    }],
  });
}

/** Providers send a few tokens at a time. */
const TOKENS_PER_PIECE = 4;

function cutPieces(text: string | null): string[] {
  const tokens = tokenize(text ?? "");
  const pieces = Math.ceil(tokens.length / TOKENS_PER_PIECE);
  return Array.from({ length: pieces }, (_, index) => {
    const start = index * TOKENS_PER_PIECE;
    return tokens.slice(start, start + TOKENS_PER_PIECE).join("");
  });
}

function choiceEvent(
  generation: MockGeneration,
  content: Record<string, unknown>,
  finishReason: string | null = null,
): string {
  const choice = {
    index: 0,
    ...content,
    finish_reason: finishReason,
    native_finish_reason: finishReason,
    logprobs: null,
  };
  return chunkEvent(generation, { choices: [choice] });
}

function chunkEvent(
  generation: MockGeneration,
  fields: Record<string, unknown>,
): string {
  const { id, created, model, endpoint, request } = generation;
  const object = request.prompt === null
    ? "chat.completion.chunk"
    : "text_completion";
  const chunk = {
    id,
    provider: endpoint.providerName,
    model: model.canonicalSlug,
    object,
    created,
    ...fields,
  };
  return `data: ${JSON.stringify(chunk)}\n\n`;
}
