import { LayeredFileStore } from "../cache/layered_file_store.ts";
import type { Settings } from "../options/settings.ts";
import type { ScoredToken } from "../score.ts";
import { isJsonObject, parseJsonObject } from "../util/json_object.ts";
import { sha256Hex } from "../util/sha256_hex.ts";

/** The data that a score depends on. */
export interface ScoreKey {
  readonly baseUrl: string;
  readonly model: string;
  readonly [name: string]: unknown;
}

/** The stored tokens of one score, in a file of a cache directory. */
export class ScoreCache {
  readonly #files: LayeredFileStore;
  readonly #directory: readonly string[];
  readonly #name: string;
  readonly #key: string;

  constructor(key: ScoreKey, settings: Settings) {
    this.#key = JSON.stringify(key);
    const hash = sha256Hex(this.#key);
    const modelSegment = encodeURIComponent(`${key.baseUrl} ${key.model}`);
    this.#files = new LayeredFileStore(settings);
    this.#directory = [".scores", modelSegment, hash.slice(0, 3)];
    this.#name = `${hash}.json`;
  }

  /** Returns the stored tokens, or `null`. */
  read(): readonly ScoredToken[] | null {
    return this.#files.read(this.#directory, this.#name, (json) => {
      const entry = parseJsonObject(json);
      const isSame = JSON.stringify(entry?.request) === this.#key;
      return isSame && isTokens(entry?.tokens) ? entry.tokens : null;
    });
  }

  /** Stores the tokens in the first cache directory. */
  write(tokens: readonly ScoredToken[]): void {
    this.#files.write(
      this.#directory,
      this.#name,
      () =>
        `{"request":${this.#key},\n"tokens":[\n${
          tokens.map((token) => JSON.stringify(token)).join(",\n")
        }\n]}\n`,
    );
  }
}

function isTokens(value: unknown): value is ScoredToken[] {
  return Array.isArray(value) && value.length > 0 &&
    value.every((token) =>
      isJsonObject(token) && typeof token.text === "string" &&
      typeof token.logprob === "number" && typeof token.offset === "number"
    );
}
