import { CacheError } from "./errors.ts";

/** Returns the error for a failed file operation: what failed, the path, and the reason. */
export function cacheError(
  what: string,
  path: string,
  cause: unknown,
): CacheError {
  const message = `${what} ${path}: ${reasonOf(cause)}`;
  return new CacheError(message, path, { cause });
}

/** Returns the error for a cache directory that cannot be read or written at all. */
export function cacheDirectoryError(
  what: "read" | "write into",
  cacheDir: string,
  cause: unknown,
): CacheError {
  return new CacheError(
    `cannot ${what} the cache directory ${cacheDir}: ${reasonOf(cause)}; ` +
      "set cacheDir to another directory",
    cacheDir,
    { cause },
  );
}

/** Returns the message of an error without the operation and the path that the runtime appends. */
function reasonOf(cause: unknown): string {
  const reason = cause instanceof Error ? cause.message : String(cause);
  return reason.replace(/[:,] \w+ '.*'$/s, "");
}
