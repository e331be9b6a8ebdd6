import {
  chatTokens,
  completionTokens,
  type UnplacedToken,
} from "../read_logprobs.ts";
import type { ScoreRequest } from "../request/score_request.ts";
import {
  isJsonObject,
  type JsonObject,
  numberOrNull,
  objectOrEmpty,
  stringOrNull,
} from "../util/json_object.ts";
import { firstChoice } from "./first_choice.ts";

/**
 * Reads the tokens of a prompt from an answer. Returns `null` if it has none.
 *
 * @param of How the server reports them.
 */
export function readPromptTokens(
  answer: JsonObject,
  of: ScoreRequest["of"],
): UnplacedToken[] | null {
  switch (of) {
    case "echo":
      return echoedTokens(answer);
    case "prompt_logprobs":
      return chatPromptTokens(answer);
    case "input_token_logprobs":
      return inputTokens(objectOrEmpty(answer.meta_info));
  }
}

/**
 * Reads the tokens of an echo. Together reports them in a separate list, other servers before those of the
 * answer.
 */
function echoedTokens(answer: JsonObject): UnplacedToken[] | null {
  const { prompt, usage } = answer;
  const own = Array.isArray(prompt) ? objectOrEmpty(prompt[0]).logprobs : null;
  if (isJsonObject(own)) return completionTokens(own);
  const logprobs = objectOrEmpty(firstChoice(answer)?.logprobs);
  const tokens = chatTokens(logprobs.content) ?? completionTokens(logprobs);
  const generated = numberOrNull(objectOrEmpty(usage).completion_tokens) ?? 1;
  return tokens?.slice(0, Math.max(0, tokens.length - generated)) ?? null;
}

/** Reads `prompt_logprobs`: for each token an object by the ids of the token and of likelier ones. */
function chatPromptTokens(
  { prompt_logprobs, prompt_token_ids }: JsonObject,
): UnplacedToken[] | null {
  if (!Array.isArray(prompt_logprobs)) return null;
  const ids = Array.isArray(prompt_token_ids) ? prompt_token_ids : [];
  return prompt_logprobs.map((place, index) => {
    const tokens = Object.entries(objectOrEmpty(place))
      .map(([id, token]) => ({ id, ...readVllmToken(token) }));
    const own = tokens.length === 1
      ? tokens[0]
      : tokens.find(({ id }) => id === String(ids[index]));
    return {
      text: own?.text ?? "",
      logprob: own?.logprob ?? null,
      bytes: null,
      top: tokens.map(({ id: _, ...token }) => token)
        .sort((a, b) => (b.logprob ?? -Infinity) - (a.logprob ?? -Infinity)),
    };
  });
}

function readVllmToken(token: unknown) {
  const { decoded_token, logprob } = objectOrEmpty(token);
  return {
    text: stringOrNull(decoded_token) ?? "",
    logprob: numberOrNull(logprob),
    bytes: null,
  };
}

/** Reads `input_token_logprobs`: lists of a log-probability, the token's id, and its text. */
function inputTokens(
  { input_token_logprobs, input_top_logprobs }: JsonObject,
): UnplacedToken[] | null {
  if (!Array.isArray(input_token_logprobs)) return null;
  const top = Array.isArray(input_top_logprobs) ? input_top_logprobs : [];
  return input_token_logprobs.map((token, index) => ({
    ...readTriple(token),
    top: Array.isArray(top[index]) ? top[index].map(readTriple) : [],
  }));
}

function readTriple(triple: unknown) {
  const [logprob, , text] = Array.isArray(triple) ? triple : [];
  return {
    text: stringOrNull(text) ?? "",
    logprob: numberOrNull(logprob),
    bytes: null,
  };
}
