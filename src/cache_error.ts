import { CacheError } from "./errors.ts";

/** Returns the error for a failed file operation: what failed, the path, and the reason. */
export function cacheError(
  what: string,
  path: string,
  cause: unknown,
): CacheError {
  const reason = cause instanceof Error ? cause.message : String(cause);
  return new CacheError(`${what} ${path}: ${reason}`, path, { cause });
}
