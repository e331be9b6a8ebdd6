import { CacheError } from "./errors.ts";

/** The error of a file that could not be handled: what failed, where, and why. */
export function cacheError(
  what: string,
  path: string,
  cause: unknown,
): CacheError {
  const reason = cause instanceof Error ? cause.message : String(cause);
  return new CacheError(`${what} ${path}: ${reason}`, path, { cause });
}
