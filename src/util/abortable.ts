import type { AbortSignalLike } from "../abort_signal_like.ts";

/**
 * Returns a promise that `start` settles, unless the signal is aborted first. If the signal is aborted
 * already, `start` is not called. Otherwise it may return a function, which is called on an abort.
 *
 * Unlike `abortable` of `@std/async`, it takes a light signal and runs on Node 20.
 *
 * @throws The signal's reason, if it is aborted first.
 */
export function abortable<T>(
  signal: AbortSignalLike,
  start: (
    resolve: (value: T) => void,
    reject: (reason: unknown) => void,
  ) => (() => void) | void,
): Promise<T> {
  return new Promise((resolve, reject) => {
    if (signal.aborted) return reject(signal.reason);
    let undo: (() => void) | void = undefined;
    const settled = () => signal.removeEventListener("abort", onAbort);
    const onAbort = () => {
      // A combined signal calls its listener once for each of its signals.
      settled();
      undo?.();
      reject(signal.reason);
    };
    signal.addEventListener("abort", onAbort, { once: true });
    undo = start((value) => {
      settled();
      resolve(value);
    }, (reason) => {
      settled();
      reject(reason);
    });
  });
}
