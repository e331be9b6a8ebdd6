import { isJsonObject, type JsonObject } from "../util/json_object.ts";
import { checkEntry, type ParsedEntry, parseEntryObject } from "./entry.ts";
import { EntryHead } from "./entry_head.ts";
import type { EntryRequest } from "./entry_request.ts";
import { parseKnownLayout } from "./parse_known_layout.ts";

/**
 * Parses the cache files of one request. Files that this package writes begin with the request: if the
 * beginning is the expected text, it is neither parsed nor compared.
 */
export class EntryParser {
  readonly #request: EntryRequest;
  #head: EntryHead;

  /** @param sent The request that was sent, if it is known to differ from the requested one. */
  constructor(request: EntryRequest, sent: SentRequest | null = null) {
    this.#request = request;
    this.#head = new EntryHead(request, sent?.body ?? request.body, sent ?? {});
  }

  /** Parses a file: the result is that of {@linkcode parseEntry}. */
  parse(text: string, seed: number): ParsedEntry {
    const known = this.parseKnown(text, seed);
    if (known !== null) return known;
    const parsed = parseEntryObject(text);
    if (parsed.type !== "object") return parsed;
    const entry = checkEntry(parsed.object, this.#request, seed);
    if (entry.type === "response") this.#learn(parsed.object, text, seed);
    return entry;
  }

  /** Parses a file if it begins as expected, or returns `null`. */
  parseKnown(text: string, seed: number): ParsedEntry | null {
    const end = this.#head.endIn(text, seed);
    const known = end < 0 ? null : parseKnownLayout(text, end);
    return known === null
      ? null
      : checkEntry(known.entry, this.#request, seed, known);
  }

  #learn(entry: JsonObject, text: string, seed: number): void {
    const sent = sentRequest(entry);
    if (sent === null) return;
    const head = new EntryHead(this.#request, sent.body, sent);
    if (head.endIn(text, seed) >= 0) this.#head = head;
  }
}

/** The request that was sent for an entry. */
export interface SentRequest {
  /** The body, without the seed. */
  readonly body: JsonObject;
  /** The field of the seed, or `null` if none was sent. */
  readonly seedField: string | null;
}

/**
 * Returns what was sent for an entry, or `null` if it is the requested body. They differ for a pinned
 * provider, for example.
 */
export function sentRequest(
  { asked, request, seed }: JsonObject,
): SentRequest | null {
  if (!isJsonObject(asked) || !isJsonObject(request)) return null;
  const seedField =
    Object.keys(request).findLast((name) =>
      request[name] === seed && !Object.hasOwn(asked, name)
    ) ?? null;
  const body = Object.fromEntries(
    Object.entries(request).filter(([name]) => name !== seedField),
  );
  return { body, seedField };
}
