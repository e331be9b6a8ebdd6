import {
  type CacheDirectory,
  cacheDirectory,
  type CacheKeyInput,
  type CacheRoute,
  requestDigest,
} from "../request/cache_key.ts";
import { askedBody, readParsedEntry } from "./entry.ts";
import { readSampleFileName, sampleFileName } from "./sample_file_name.ts";
import {
  isJsonObject,
  type JsonObject,
  parseJsonObject,
} from "../util/json_object.ts";
import type { Prompt, RequestBody } from "../prompt.ts";
import type { Response } from "../response.ts";
import { prefillMessages } from "../request/prefill_messages.ts";

/** What a cache file says, with no request at hand to hold it against. */
export interface ArchivedEntry {
  /** The model that was asked for. */
  readonly model: string;
  /** The prompt as the caller gave it. */
  readonly prompt: Prompt;
  /** The beginning of the thought that the model was given, `<think>` included; null where it was given none. */
  readonly prefill: string | null;
  /** What was sent beside model, messages and seed, by the API's names. */
  readonly parameters: Readonly<Record<string, unknown>>;
  /** The sample. */
  readonly response: Response;
  /** Where its file belongs below the cache directory; null where an entry of the Python package says too little. */
  readonly place: ArchivedPlace | null;
}

/** Where an entry's file belongs. */
export interface ArchivedPlace {
  /** The names of the directories that lead to it: of the model, of the parameters, the key's beginning, the key. */
  readonly directory: readonly [string, string, string, string];
  /** Whether the second of those is its whole name: entries of the Python package say not all of it. */
  readonly isWhole: boolean;
  /** The names that the file may have. */
  readonly names: readonly string[];
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
      const { model, messages, ...parameters } = key.body;
      return {
        entry: {
          model,
          prompt: key.prompt,
          // The Python package does not tell the messages: it makes them as we do.
          prefill: prefillMessages(
            Array.isArray(messages) ? messages : key.prompt,
            model,
          ).prefill,
          parameters,
          response: reading.response,
          place: placeOf(key, seed, isJsonObject(parsed.request)),
        },
      };
    }
  }
}

/**
 * Why a file is never given for an answer where it lies: another path is its own. Null where it is
 * where it belongs.
 */
export function misplacement(
  { place, response }: ArchivedEntry,
  directory: CacheDirectory,
  name: string,
): string | null {
  const { seed } = response;
  if (readSampleFileName(name)?.seed !== seed) return `its seed is ${seed}`;
  if (place === null) return null;
  const isHere = place.directory.every((belongs, index) =>
    index === 1 && !place.isWhole
      ? mayBe(directory[1], belongs)
      : directory[index] === belongs
  );
  if (isHere && !place.names.includes(name)) {
    return "its name is another request's";
  }
  return isHere ? null : `it belongs to ${place.directory.join("/")}`;
}

/** Whether parameters as the Python package names them may be those that an entry of its tells, and some that it does not. */
function mayBe(segment: string, told: string): boolean {
  const [known = "", provider] = told.split(/(?=_provider)/);
  return (segment === known || segment.startsWith(`${known}_`)) &&
    (provider === undefined || segment.includes(provider));
}

function placeOf(
  key: CacheKeyInput,
  seed: number,
  isWhole: boolean,
): ArchivedPlace | null {
  const { temperature, top_p, max_tokens } = key.body;
  const isTold = [temperature, top_p, max_tokens]
    .every((value) => typeof value === "number");
  return isWhole || isTold
    ? {
      directory: cacheDirectory(key),
      isWhole,
      names: [sampleFileName(seed), sampleFileName(seed, requestDigest(key))],
    }
    : null;
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
  const said = {
    prompt: prompt as Prompt,
    otherEndpoint: typeof endpoint === "string" ? endpoint : null,
    route: isJsonObject(entry.route) ? entry.route as CacheRoute : null,
  };
  const asked = askedBody(entry);
  if (asked !== null) {
    const { seed: _, ...body } = asked;
    if (typeof body.model !== "string") return null;
    return { ...said, body: body as RequestBody };
  }
  const { temperature, top_p, max_tokens, provider } = entry;
  const body = {
    model,
    temperature,
    top_p,
    max_tokens,
    ...(provider == null ? {} : { provider }),
  };
  return { ...said, body: body as unknown as RequestBody };
}
