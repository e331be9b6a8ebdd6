import { knownServer } from "../catalog/detect_server.ts";
import { sampleApiKey } from "../catalog/require_api_key.ts";
import { alignTokens } from "../completion/align_tokens.ts";
import { readPromptTokens } from "../completion/read_prompt_tokens.ts";
import { CacheMissError, ResponseError, RolloutsError } from "../errors.ts";
import type { Prompt } from "../prompt.ts";
import type { UnplacedToken } from "../read_logprobs.ts";
import { checkPrompt } from "../request/check_prompt.ts";
import { resolveBaseUrl } from "../request/resolve_base_url.ts";
import {
  chatScoreRequest,
  rawScoreRequest,
  type ScoreRequest,
} from "../request/score_request.ts";
import { dialectOf } from "../request/servers/dialect_of.ts";
import { type Score, type ScoredToken, scoreOf } from "../score.ts";
import type { ServerName } from "../server_name.ts";
import { logOf } from "./generate_context.ts";
import { postJson } from "./post_json.ts";
import { ScoreCache } from "./score_cache.ts";
import { scoreTokenByToken } from "./score_token_by_token.ts";
import { chatWithText, rawPromptOf, type ScoredCall } from "./scored_prompt.ts";
import type { SamplingRuntime } from "./sampling_runtime.ts";

/**
 * Returns the log-probabilities of a given text after a prompt. Each score is requested once and
 * stored in the cache directory.
 *
 * @throws {TypeError} If the prompt or the text is wrong.
 * @throws {RolloutsError} If the server cannot report them, or a token spans the end of the prompt.
 * @throws {CacheMissError} If the score is not stored and `cacheOnly` is set.
 * @throws {ResponseError} If the answer does not have the tokens of the text.
 * @throws The signal's reason, if it is aborted.
 */
export async function scoreText(
  prompt: Prompt,
  text: string,
  { settings, raw, runtime }: Pick<ScoredCall, "settings" | "raw"> & {
    /** Loads what detects the kind of server. */
    readonly runtime: () => Promise<SamplingRuntime>;
  },
): Promise<Score> {
  check(prompt, text, raw);
  settings.signal?.throwIfAborted();
  const baseUrl = resolveBaseUrl(settings.baseUrl);
  const call: ScoredCall = {
    // As it is sent, whatever the caller does with it.
    prompt: JSON.parse(JSON.stringify(prompt)),
    text,
    raw,
    baseUrl,
    settings,
  };
  const cache = settings.useCache
    ? new ScoreCache(keyOf(call), settings)
    : null;
  const known = cache?.read();
  if (known) return scoreOf(text, known);
  if (settings.cacheOnly) {
    throw new CacheMissError(
      `the score is not in ${
        [settings.cacheDir].flat().join(" or ")
      } (cacheOnly)`,
    );
  }
  const tokens = await requestTokens(call, await serverOf(call, runtime));
  cache?.write(tokens);
  return scoreOf(text, tokens);
}

function check(prompt: Prompt, text: string, raw: boolean): void {
  checkPrompt(prompt);
  if (raw && typeof prompt !== "string") {
    throw new TypeError("prompt must be a string with raw: true, got messages");
  }
  if (typeof text !== "string" || text === "" || !text.isWellFormed()) {
    throw new TypeError("text must be non-empty, well-formed Unicode text");
  }
}

/** Returns what the answer depends on. The kind of server does not: a cached score needs no network. */
function keyOf({ prompt, text, raw, baseUrl, settings }: ScoredCall) {
  const { model, prefillVia, topLogprobs, reasoning, extraBody } = settings;
  return {
    baseUrl,
    model,
    prompt,
    text,
    raw,
    top_logprobs: topLogprobs ?? 0,
    ...(raw ? {} : { prefill_via: prefillVia, reasoning, extra: extraBody }),
  };
}

async function requestTokens(
  call: ScoredCall,
  server: ServerName,
): Promise<ScoredToken[]> {
  const { text, baseUrl, settings } = call;
  const { model, topLogprobs = 0 } = settings;
  const { scoring } = dialectOf(server);
  if (scoring.of === null) {
    throw new RolloutsError(
      `${baseUrl} cannot score a text: ${scoring.reason}; use vLLM, SGLang, llama.cpp, ` +
        "Fireworks, or Together; if it is one of these, set server",
    );
  }
  if (settings.maxCostUsd !== undefined && !settings.allowUnboundedCost) {
    throw new RolloutsError(
      `maxCostUsd cannot be enforced, because the price of a score at ${baseUrl} is not known: ` +
        "omit maxCostUsd, or set allowUnboundedCost: true",
    );
  }
  const target = { model, baseUrl, topLogprobs };
  const chat = scoring.messages === "prompt_logprobs"
    ? chatWithText(call, server)
    : null;
  if (chat !== null) {
    return await send(chatScoreRequest(chat, target), call);
  }
  const { prompt, isRendered } = await rawPromptOf(call, scoring);
  if (scoring.of === "n_probs") {
    const tokens = await scoreTokenByToken(prompt, text, {
      settings,
      baseUrl,
      isRaw: !isRendered,
      topLogprobs,
    });
    return aligned(tokens, call, baseUrl);
  }
  const request = rawScoreRequest(prompt + text, scoring.of, target);
  const fields = isRendered ? scoring.renderedBody : {};
  return await send({ ...request, body: { ...request.body, ...fields } }, call);
}

async function serverOf(
  { baseUrl, settings }: ScoredCall,
  runtime: () => Promise<SamplingRuntime>,
): Promise<ServerName> {
  const known = settings.server ?? knownServer(baseUrl);
  if (known !== null) return known;
  const { detector } = await runtime();
  return await detector.detect(baseUrl, {
    settings,
    apiKey: sampleApiKey(settings),
    log: logOf(settings, new Set()),
  });
}

async function send(
  { url, body, of }: ScoreRequest,
  call: ScoredCall,
): Promise<ScoredToken[]> {
  const answer = await postJson(url, body, call.settings);
  const tokens = answer === null ? null : readPromptTokens(answer, of);
  if (tokens !== null) return aligned(tokens, call, url);
  throw new ResponseError(
    `unexpected response from ${url}: it does not have the tokens of the prompt`,
  );
}

/** Returns the tokens of the text, with as many of the likeliest tokens as the call asks for. */
function aligned(
  tokens: readonly UnplacedToken[],
  { text, settings: { topLogprobs = 0 } }: ScoredCall,
  url: string,
): ScoredToken[] {
  return alignTokens(tokens, text, url).map((token) => ({
    ...token,
    top: token.top.slice(0, topLogprobs),
  }));
}
