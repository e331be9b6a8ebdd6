import { AtomicFileStore } from "../cache/atomic_file_store.ts";
import { errorFromFailure } from "../error_from_failure.ts";
import { systemClock } from "../util/clock.ts";
import { retryDelayMs } from "../scheduler/retry_policy.ts";
import { ResponseError } from "../errors.ts";
import { isJsonObject, type JsonObject } from "../util/json_object.ts";
import { askJson } from "../catalog/ask_json.ts";
import { resolveBaseUrl } from "../request/resolve_base_url.ts";
import { requireApiKey } from "../catalog/require_api_key.ts";
import type { Settings } from "../options/settings.ts";
import { EmbeddingCache, isEmbedding } from "./embedding_cache.ts";

/** Texts of one request. */
const TEXTS_A_REQUEST = 64;

/**
 * The embeddings of texts by a model, each text asked for once and kept: `POST /embeddings`.
 *
 * @param settings Whose model, key, address, cache and retries are used.
 * @returns One vector for each text, in their order.
 * @throws {RolloutsError} Where no key is known and a text is not in the cache.
 * @throws {ApiError} Where the API answers with an error for good.
 * @throws {ResponseError} Where what it answers is no list of embeddings.
 * @throws The signal's reason, where it is aborted.
 */
export async function embedTexts(
  texts: readonly string[],
  settings: Settings,
): Promise<readonly (readonly number[])[]> {
  const baseUrl = resolveBaseUrl(settings.baseUrl).replace(/\/+$/, "");
  const { model, useCache, cacheDir } = settings;
  const cache = useCache
    ? new EmbeddingCache(new AtomicFileStore(cacheDir, settings), {
      model,
      baseUrl,
    })
    : null;
  const known = new Map<string, readonly number[]>();
  for (const text of new Set(texts)) {
    const embedding = cache?.read(text);
    if (embedding) known.set(text, embedding);
  }
  const missing = [...new Set(texts)].filter((text) => !known.has(text));
  for (let at = 0; at < missing.length; at += TEXTS_A_REQUEST) {
    const asked = missing.slice(at, at + TEXTS_A_REQUEST);
    const embeddings = await request(asked, baseUrl, settings);
    asked.forEach((text, index) => {
      known.set(text, embeddings[index]!);
      cache?.write(text, embeddings[index]!);
    });
  }
  return texts.map((text) => known.get(text)!);
}

async function request(
  texts: readonly string[],
  baseUrl: string,
  { model, apiKey, maxRetries, signal = NEVER }: Settings,
): Promise<number[][]> {
  const url = `${baseUrl}/embeddings`;
  const question = {
    headers: {
      "Authorization": `Bearer ${requireApiKey(apiKey)}`,
      "Content-Type": "application/json",
      "X-OpenRouter-Title": "rollouts",
    },
    body: JSON.stringify({ model, input: texts, encoding_format: "float" }),
    signal,
  };
  for (let attempts = 1;; attempts++) {
    const reply = await askJson(url, question);
    if (!("failure" in reply)) {
      const embeddings = read(reply.body, texts.length);
      if (embeddings !== null) return embeddings;
      throw new ResponseError(`what ${url} answers is no list of embeddings`);
    }
    const delayMs = retryDelayMs(reply.failure, {
      attempts,
      maxRetries,
      timeLeftMs: Infinity,
      random: Math.random(),
    });
    if (delayMs === null) throw errorFromFailure(reply.failure);
    await systemClock.sleep(delayMs, signal);
  }
}

const NEVER = new AbortController().signal;

/** The embeddings in the order of the texts; null where one is missing, or they differ in length. */
function read(body: JsonObject | null, count: number): number[][] | null {
  const embeddings: number[][] = [];
  const data = Array.isArray(body?.data) ? body.data.filter(isJsonObject) : [];
  data.forEach(({ index, embedding }, position) => {
    if (isEmbedding(embedding)) {
      embeddings[Number(index ?? position)] = embedding;
    }
  });
  const [first] = embeddings;
  const isWhole = embeddings.length === count &&
    Array.from(embeddings).every((embedding) =>
      embedding?.length === first?.length
    );
  return isWhole ? embeddings : null;
}
