import { expandJson } from "../compact_json.ts";
import { fullText } from "../full_text.ts";
import type { CacheKeyInput } from "../request/cache_key_input.ts";
import type { Response } from "../response.ts";
import type { JsonObject } from "../util/json_object.ts";
import { EntryHead, members } from "./entry_head.ts";
import { referToResponse } from "./entry_references.ts";
import { ENTRY_VERSIONS } from "./entry_versions.ts";

/**
 * Writes the cache files of one prompt: the fields of the Python package, the whole body of the request,
 * attempts, latency, and the provider's whole answer, but no key and no header. A value that would appear in
 * a file twice is stored as a reference. The data that all files share is serialized once.
 */
export class EntryWriter {
  readonly #key: CacheKeyInput;
  readonly #sent: JsonObject;
  readonly #seedField: string | null;
  readonly #head: EntryHead;
  #wholeHead: EntryHead | null = null;

  /**
   * Serializes what the files of a prompt share. `sent` is the body that is sent, without the seed, and
   * `seedField` the field for the seed, or `null` if none is sent.
   */
  constructor(
    key: CacheKeyInput,
    sent: JsonObject,
    seedField: string | null = "seed",
  ) {
    this.#key = key;
    this.#sent = sent;
    this.#seedField = seedField;
    this.#head = new EntryHead(key, sent, { seedField });
  }

  /** Returns the text of a sample's file. `compactRaw` is what {@linkcode compactJson} returned for the answer. */
  write(response: Response, compactRaw: string): string {
    const fields = fieldsOf(response);
    const lines = [...fields].map(([name, json]) => `    "${name}": ${json}`);
    const raw = this.#head.isWhole ? null : referToResponse(compactRaw, fields);
    const head = raw === null ? this.#whole : this.#head;
    const { attempts, latencyMs } = response;
    const { prefill, quantization, systemFingerprint } = response;
    const origin = members({
      attempts,
      latency_ms: latencyMs,
      prefill,
      quantization,
      system_fingerprint: systemFingerprint,
    });
    const version = raw === null
      ? ENTRY_VERSIONS.whole
      : ENTRY_VERSIONS.references;
    return `${head.text(response.seed)}  "version": ${version},\n` +
      `  "response": {\n${lines.join(",\n")}\n  },\n` +
      `${origin},\n  "raw": ${raw ?? expandJson(compactRaw, response)}\n}\n`;
  }

  get #whole(): EntryHead {
    return this.#wholeHead ??= new EntryHead(this.#key, this.#sent, {
      isWhole: true,
      seedField: this.#seedField,
    });
  }
}

/**
 * Returns the fields of `response` in a file, as JSON. `full` is joined from the JSON of its parts: if V8
 * serialized it, it would keep a copy of both texts in memory instead of references to them.
 */
function fieldsOf(response: Response): Map<string, string> {
  const { full: _, ...others } = response.toJSON();
  const fields = new Map([["full", ""]]);
  for (const [name, value] of Object.entries(others)) {
    if (value !== undefined) fields.set(name, JSON.stringify(value));
  }
  const escaped = (name: string) => fields.get(name)!.slice(1, -1);
  const full = fullText({
    reasoning: response.reasoning === null ? null : escaped("reasoning"),
    content: escaped("content"),
    completedReasoning: response.completedReasoning,
  });
  fields.set("full", `"${full}"`);
  return fields;
}
