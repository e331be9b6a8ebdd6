import type { AbortSignalLike } from "../abort_signal_like.ts";

/**
 * Returns a promise that settles like `promise`, unless the signal is aborted first.
 *
 * Unlike `abortable` of `@std/async`, it takes a light signal and runs on Node 20.
 *
 * @throws The signal's reason, if it is aborted first.
 */
export function abortable<T>(
  promise: Promise<T>,
  signal: AbortSignalLike,
): Promise<T> {
  return new Promise((resolve, reject) => {
    if (signal.aborted) reject(signal.reason);
    const onAbort = () => reject(signal.reason);
    signal.addEventListener("abort", onAbort, { once: true });
    promise.then(resolve, reject).finally(() =>
      signal.removeEventListener("abort", onAbort)
    );
  });
}
