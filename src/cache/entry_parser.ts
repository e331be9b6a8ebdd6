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

  /** @param sent The body that was sent, if it differs from that of the request. */
  constructor(request: EntryRequest, sent: JsonObject = request.body) {
    this.#request = request;
    this.#head = new EntryHead(request, sent);
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
    const sent = sentBody(entry);
    if (sent === null) return;
    const head = new EntryHead(this.#request, sent);
    if (head.endIn(text, seed) >= 0) this.#head = head;
  }
}

/**
 * Returns the body that was sent for an entry, without the seed, or `null` if it is the requested one. They
 * differ for a pinned provider, for example.
 */
export function sentBody({ asked, request }: JsonObject): JsonObject | null {
  if (asked === undefined || !isJsonObject(request)) return null;
  const { seed: _, ...sent } = request;
  return sent;
}
