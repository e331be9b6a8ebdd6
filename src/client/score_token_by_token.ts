import { alignTokens } from "../completion/align_tokens.ts";
import { ResponseError } from "../errors.ts";
import type { Settings } from "../options/settings.ts";
import { chatTokens, type UnplacedToken } from "../read_logprobs.ts";
import { nativeUrl } from "../request/score_request.ts";
import { type JsonObject, objectsIn } from "../util/json_object.ts";
import { postJson } from "./post_json.ts";

/** A bias that no other token can have a higher logit than. */
const FORCED = 1e6;

/**
 * Returns the tokens of a raw prompt that ends with the text, with the log-probabilities of those of
 * the text, from llama.cpp's server: one request for each. A bias selects the token that the text
 * contains; the server reports its log-probability without the bias.
 *
 * @throws {ResponseError} If the server does not report the token.
 * @throws What {@linkcode postJson} throws.
 */
export async function scoreTokenByToken(
  prompt: string,
  text: string,
  { settings, baseUrl, isRaw, topLogprobs }: {
    readonly settings: Settings;
    readonly baseUrl: string;
    /** Whether the prompt lacks the special token that starts a text. */
    readonly isRaw: boolean;
    readonly topLogprobs: number;
  },
): Promise<UnplacedToken[]> {
  const tokenizeUrl = nativeUrl(baseUrl, "/tokenize");
  const answer = await postJson(tokenizeUrl, {
    content: prompt + text,
    add_special: isRaw,
    parse_special: true,
    with_pieces: true,
  }, settings);
  const pieces = objectsIn(answer?.tokens);
  const ids = pieces.map(({ id }) => Number(id));
  const tokens = chatTokens(pieces.map(({ piece }) => ({
    token: piece,
    bytes: typeof piece === "string"
      ? [...new TextEncoder().encode(piece)]
      : piece,
  }))) ?? [];
  if (tokens.length === 0) throw unexpected(tokenizeUrl, "no tokens");
  const url = nativeUrl(baseUrl, "/completion");
  // Throws before anything is requested if a token spans the start of the text.
  const known = tokens.map((token) => ({ ...token, logprob: 0 }));
  const start = tokens.length - alignTokens(known, text, tokenizeUrl).length;
  for (let index = Math.max(1, start); index < tokens.length; index++) {
    const id = ids[index]!;
    const [place] = objectsIn(
      (await postJson(url, {
        prompt: ids.slice(0, index),
        n_predict: 1,
        n_probs: Math.max(1, topLogprobs),
        logit_bias: [[id, FORCED]],
        temperature: 0,
      }, settings))?.completion_probabilities,
    );
    if (place?.id !== id) throw unexpected(url, `not the token ${id}`);
    tokens[index] = withLogprob(tokens[index]!, place);
  }
  return tokens;
}

function withLogprob(token: UnplacedToken, place: JsonObject): UnplacedToken {
  const [read] = chatTokens([place])!;
  return { ...token, logprob: read!.logprob, top: read!.top };
}

function unexpected(url: string, what: string): ResponseError {
  return new ResponseError(`unexpected response from ${url}: ${what}`);
}
