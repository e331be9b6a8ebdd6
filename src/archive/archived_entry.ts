import { cacheDirectory, type CacheKeyInput } from "../cache/cache_key.ts";
import { readParsedEntry } from "../cache/entry.ts";
import {
  isJsonObject,
  type JsonObject,
  parseJsonObject,
} from "../json_object.ts";
import type { Prompt, RequestBody } from "../openrouter/api_types.ts";
import type { Response } from "../response.ts";

/** What a cache file says, with no request at hand to hold it against. */
export interface ArchivedEntry {
  /** The model that was asked for. */
  readonly model: string;
  /** The prompt as the caller gave it. */
  readonly prompt: Prompt;
  /** What was sent beside model, messages and seed, by the API's names. */
  readonly parameters: Readonly<Record<string, unknown>>;
  /** The sample. */
  readonly response: Response;
  /** Where its file belongs below the cache directory; null where an entry of the Python package does not say. */
  readonly place: readonly string[] | null;
}

/** An entry, or why there is none. */
export type ArchivedReading =
  | { readonly entry: ArchivedEntry }
  | {
    readonly problem: string;
    /** Whether no program can use it: not so where a newer one may, or it says too little by itself. */
    readonly isCorrupt: boolean;
  };

/** Reads a cache file, ours or the Python package's. */
export function archivedEntry(text: string): ArchivedReading {
  const parsed = parseJsonObject(text);
  if (parsed === null) return unusable("it is not a JSON object", true);
  const { seed } = parsed;
  if (typeof seed !== "number") return unusable("it has no seed", false);
  const key = keyOf(parsed);
  if (key === null) return unusable("it has no prompt or no model", false);
  const reading = readParsedEntry(parsed, key, seed);
  switch (reading.type) {
    case "corrupt":
      return unusable(reading.reason, true);
    case "foreign":
      return unusable(`what it says of ${reading.field} contradicts`, false);
    case "failed":
      return unusable("an older program wrote an error into it", false);
    case "response": {
      const { model, messages: _, ...parameters } = key.body;
      const isWhole = isJsonObject(parsed.request);
      return {
        entry: {
          model,
          prompt: key.prompt,
          parameters,
          response: reading.response,
          place: isWhole ? cacheDirectory(key) : null,
        },
      };
    }
  }
}

function unusable(problem: string, isCorrupt: boolean): ArchivedReading {
  return { problem, isCorrupt };
}

/** The request that an entry says it answers; null where it says too little. */
function keyOf(entry: JsonObject): CacheKeyInput | null {
  const { prompt, model } = entry;
  const isPrompt = typeof prompt === "string" || Array.isArray(prompt);
  if (!isPrompt || typeof model !== "string") return null;
  const { endpoint } = entry;
  const otherEndpoint = typeof endpoint === "string" ? endpoint : null;
  if (isJsonObject(entry.request)) {
    const { seed: _, ...body } = entry.request;
    if (typeof body.model !== "string") return null;
    return {
      prompt: prompt as Prompt,
      body: body as RequestBody,
      otherEndpoint,
    };
  }
  const { temperature, top_p, max_tokens, provider } = entry;
  const body = {
    model,
    temperature,
    top_p,
    max_tokens,
    ...(provider == null ? {} : { provider }),
  };
  return {
    prompt: prompt as Prompt,
    body: body as unknown as RequestBody,
    otherEndpoint,
  };
}
