import type { CacheKeyInput } from "../request/cache_key_input.ts";
import { NAMED_FIELDS, TRANSPORT_FIELDS } from "./cache_path.ts";
import { OPENROUTER_BASE_URL } from "../openrouter_url.ts";
import { isJsonObject, type JsonObject } from "../util/json_object.ts";
import { sameJson } from "../util/same_json.ts";

/** A field in which an entry differs from a request. */
export interface Difference {
  /** Its name in the API. */
  readonly field: string;
  /** Its value in the request, or `undefined`. */
  readonly requested: unknown;
  /** Its value in the entry, or `undefined`. */
  readonly cached: unknown;
}

/** Fields of the request that an entry has besides the body, for programs that do not store the body. */
const HEAD: readonly (readonly [
  field: string,
  requested: (request: CacheKeyInput) => unknown,
])[] = [
  ["prompt", ({ prompt }) => prompt],
  ["model", ({ body }) => body.model],
  ["temperature", ({ body }) => body.temperature ?? null],
  ["top_p", ({ body }) => body.top_p ?? null],
  ["max_tokens", ({ body }) => body.max_tokens ?? null],
  ["provider", ({ body }) => body.provider ?? null],
];

/** The endpoint of a request that names none. */
const USUAL_ENDPOINT = `${OPENROUTER_BASE_URL}/chat/completions`;

const HEAD_FIELDS: ReadonlySet<string> = new Set(HEAD.map(([field]) => field));

/**
 * Returns the fields in which the request of an entry differs from another request. Fields that the
 * entry does not have are equal if the path contains their values.
 */
export function differences(
  entry: JsonObject,
  request: CacheKeyInput,
  seed: number,
): Difference[] {
  const found: Difference[] = [];
  const compare = (field: string, cached: unknown, requested: unknown) => {
    if (sameJson(cached, requested)) return;
    // A field in both the head and the body is one difference, not two.
    if (found.some((difference) => difference.field === field)) return;
    found.push({ field, cached, requested });
  };
  for (const [field, requested] of HEAD) {
    if (Object.hasOwn(entry, field)) {
      compare(field, entry[field], requested(request));
    }
  }
  if (Object.hasOwn(entry, "seed")) compare("seed", entry.seed, seed);
  compare(
    "endpoint",
    entry.endpoint ?? USUAL_ENDPOINT,
    request.otherEndpoint ?? USUAL_ENDPOINT,
  );
  compare("route", entry.route ?? null, request.route);
  const sent: JsonObject = request.body;
  if (isJsonObject(entry.request) && request.route?.seed === undefined) {
    // Some servers have no seed, or a field of another name, which is not part of the requested body.
    const isSentOtherwise = isJsonObject(entry.asked) &&
      !Object.hasOwn(entry.request, "seed");
    if (!isSentOtherwise) compare("seed", entry.request.seed, seed);
  }
  const written = askedBody(entry);
  if (written !== null) {
    for (const field in written) {
      if (!isKnown(field)) compare(field, written[field], sent[field]);
    }
    for (const field in sent) {
      if (!isKnown(field) && !Object.hasOwn(written, field)) {
        compare(field, undefined, sent[field]);
      }
    }
  } else {
    for (const field in sent) {
      const says = HEAD_FIELDS.has(field) || NAMED_FIELDS.has(field);
      if (!says && !isKnown(field)) compare(field, undefined, sent[field]);
    }
  }
  // Messages are made of the prompt: another prompt is one difference, not two.
  return found[0]?.field === "prompt"
    ? found.filter(({ field }) => field !== "messages")
    : found;
}

/** Returns the body that was requested, as that of a chat, or `null` if the entry does not have it. */
export function askedBody({ asked, request }: JsonObject): JsonObject | null {
  if (isJsonObject(asked)) return asked;
  return isJsonObject(request) ? request : null;
}

/** Whether a field of the body is compared elsewhere, or has no effect on the answer. */
function isKnown(field: string): boolean {
  return field === "seed" || TRANSPORT_FIELDS.has(field);
}
