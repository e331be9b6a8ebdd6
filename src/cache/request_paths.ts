import type { CacheKeyInput } from "../request/cache_key_input.ts";
import { sameJson } from "../util/same_json.ts";
import {
  type CacheDirectory,
  cacheDirectory,
  requestDigest,
} from "./cache_path.ts";

/** The directory and digest of a request's samples. */
interface RequestPath {
  readonly directory: CacheDirectory;
  /** The digest in the second file name of a sample. */
  readonly digest: string;
}

/**
 * Computes where the samples of requests are stored, once for consecutive samples of the same request:
 * the two SHA-256 take as long as reading a file.
 */
export class RequestPaths {
  #last: readonly [CacheKeyInput, RequestPath] | null = null;

  of(request: CacheKeyInput): RequestPath {
    if (this.#last !== null && haveSamePath(request, this.#last[0])) {
      return this.#last[1];
    }
    const path = {
      directory: cacheDirectory(request),
      digest: requestDigest(request),
    };
    this.#last = [request, path];
    return path;
  }
}

function haveSamePath(a: CacheKeyInput, b: CacheKeyInput): boolean {
  if (!sameJson(a, b)) return false;
  // The order of a message's fields can change the hash.
  return typeof a.prompt === "string" ||
    JSON.stringify(a.prompt) === JSON.stringify(b.prompt);
}
