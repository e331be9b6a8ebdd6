import { RolloutsError } from "../errors.ts";
import type { ServerName } from "../server_name.ts";
import { isJsonObject, type JsonObject } from "../util/json_object.ts";
import type { PromptRequest } from "./build_request.ts";
import { dialectOf } from "./servers/dialect_of.ts";
import type { ServerDialect } from "./servers/server_dialect.ts";

/**
 * Returns a request as a kind of server expects it.
 *
 * @throws {RolloutsError} If it contains a field that the server does not support.
 */
export function applyDialect(
  request: PromptRequest,
  server: ServerName,
): PromptRequest {
  const dialect = dialectOf(server);
  const field = dialect.unsupported?.find((name) => name in request.sentBody);
  if (field !== undefined) {
    throw new RolloutsError(
      `${server} does not support ${field}, and ${request.baseUrl} is such a server: ` +
        "omit the option, or set server if it is another one",
    );
  }
  const { seedField = "seed", repeatsPrefill = false } = dialect;
  const sentBody = request.template === null
    ? withPrefill(request.sentBody, dialect)
    : dialect.rawLogprobsAsInChat
    ? request.sentBody
    : withNumberOfLogprobs(request.sentBody);
  return { ...request, seedField, repeatsPrefill, sentBody };
}

function withPrefill(
  body: PromptRequest["sentBody"],
  { prefillBody, prefillMessage, reasoningField }: ServerDialect,
): PromptRequest["sentBody"] {
  const messages = body.messages as readonly JsonObject[];
  const last = messages.at(-1);
  if (!isJsonObject(last) || last.role !== "assistant") return body;
  const message = {
    ...(reasoningField === undefined ? last : splitReasoning(last)),
    ...prefillMessage,
  };
  return {
    ...body,
    ...prefillBody,
    messages: [...messages.slice(0, -1), message],
  };
}

/** Requests log-probabilities by their number: a server would take `true` for 1. */
function withNumberOfLogprobs(
  { logprobs, top_logprobs, ...body }: PromptRequest["sentBody"],
): PromptRequest["sentBody"] {
  const top = Number(top_logprobs ?? 0);
  // Some servers take 0 for false.
  return logprobs === true || top > 0
    ? { ...body, logprobs: Math.max(1, top) }
    : body;
}

/** Moves the reasoning of a message from its content to `reasoning_content`. */
function splitReasoning(message: JsonObject): JsonObject {
  const { content } = message;
  const parts = typeof content === "string" ? THOUGHT.exec(content) : null;
  if (parts === null) return message;
  const { thought, answer = "" } = parts.groups!;
  return { ...message, content: answer, reasoning_content: thought };
}

// Chat templates write a line break after `<think>` and before `</think>` themselves.
const THOUGHT =
  /^\s*<think>\n?(?<thought>.*?)(?:\n?<\/think>\s*(?<answer>.*))?$/s;
