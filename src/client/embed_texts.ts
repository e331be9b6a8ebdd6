import { LayeredFileStore } from "../cache/layered_file_store.ts";
import { ResponseError } from "../errors.ts";
import type { Settings } from "../options/settings.ts";
import { resolveBaseUrl } from "../request/resolve_base_url.ts";
import {
  type JsonObject,
  objectsIn,
  parseJsonObject,
} from "../util/json_object.ts";
import { sha256Hex } from "../util/sha256_hex.ts";
import { postJson } from "./post_json.ts";

/** The number of texts in one request. */
const BATCH_SIZE = 64;

type Embedding = readonly number[];

/**
 * Returns the embedding of each text, in order. Each text is requested once and stored in the first
 * cache directory.
 *
 * @throws {RolloutsError} If a text is not stored and no API key is known.
 * @throws {ApiError} If the API returns a permanent error.
 * @throws {ResponseError} If the response is not a list of embeddings.
 * @throws The signal's reason, if it is aborted.
 */
export async function embedTexts(
  texts: readonly string[],
  settings: Settings,
): Promise<readonly Embedding[]> {
  const baseUrl = resolveBaseUrl(settings.baseUrl);
  const cache = settings.useCache ? embeddingCache(settings, baseUrl) : null;
  const known = new Map<string, Embedding>();
  for (const text of new Set(texts)) {
    const embedding = cache?.read(text);
    if (embedding) known.set(text, embedding);
  }
  const missing = [...new Set(texts)].filter((text) => !known.has(text));
  for (let at = 0; at < missing.length; at += BATCH_SIZE) {
    const batch = missing.slice(at, at + BATCH_SIZE);
    const embeddings = await request(batch, baseUrl, settings);
    batch.forEach((text, index) => {
      known.set(text, embeddings[index]!);
      cache?.write(text, embeddings[index]!);
    });
  }
  return texts.map((text) => known.get(text)!);
}

/** Stores the embeddings of one model, in a file for each text. */
function embeddingCache(settings: Settings, baseUrl: string) {
  const files = new LayeredFileStore(settings);
  const modelSegment = encodeURIComponent(`${baseUrl} ${settings.model}`);
  const fileOf = (text: string) => {
    const hash = sha256Hex(text);
    const directory = [".embeddings", modelSegment, hash.slice(0, 3)];
    return [directory, `${hash}.json`] as const;
  };
  return {
    read(text: string): Embedding | null {
      return files.read(...fileOf(text), (json) => {
        const entry = parseJsonObject(json);
        return entry?.text === text && isEmbedding(entry.embedding)
          ? entry.embedding
          : null;
      });
    },
    write(text: string, embedding: Embedding): void {
      files.write(
        ...fileOf(text),
        () => `${JSON.stringify({ text, embedding })}\n`,
      );
    },
  };
}

async function request(
  texts: readonly string[],
  baseUrl: string,
  settings: Settings,
): Promise<Embedding[]> {
  const url = `${baseUrl}/embeddings`;
  const { model } = settings;
  const answer = await postJson(
    url,
    { model, input: texts, encoding_format: "float" },
    // The option headers is for requests of samples and scores.
    { ...settings, headers: undefined },
  );
  const embeddings = parseEmbeddings(answer, texts.length);
  if (embeddings !== null) return embeddings;
  throw new ResponseError(
    `unexpected response from ${url}: not a list of embeddings`,
  );
}

/** Returns the embeddings in the order of the texts, or `null` if one is missing or differs in length. */
function parseEmbeddings(
  body: JsonObject | null,
  count: number,
): Embedding[] | null {
  const embeddings: Embedding[] = [];
  objectsIn(body?.data).forEach(({ index, embedding }, position) => {
    if (isEmbedding(embedding)) {
      embeddings[Number(index ?? position)] = embedding;
    }
  });
  const [first] = embeddings;
  const isComplete = embeddings.length === count &&
    Array.from(embeddings).every((embedding) =>
      embedding?.length === first?.length
    );
  return isComplete ? embeddings : null;
}

function isEmbedding(value: unknown): value is Embedding {
  return Array.isArray(value) && value.length > 0 &&
    value.every((number) => Number.isFinite(number));
}
