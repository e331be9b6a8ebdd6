import type { AbortSignalLike } from "../abort_signal_like.ts";

/** Runs a function with an `AbortSignal` that is aborted when a light signal is. */
export async function withAbortSignal<T>(
  signal: AbortSignalLike,
  run: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const controller = new AbortController();
  const abort = () => controller.abort(signal.reason);
  if (signal.aborted) abort();
  signal.addEventListener("abort", abort, { once: true });
  try {
    return await run(controller.signal);
  } finally {
    signal.removeEventListener("abort", abort);
  }
}
