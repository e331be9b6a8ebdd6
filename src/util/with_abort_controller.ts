import type { AbortSignalLike } from "../abort_signal_like.ts";

/** Runs a function with an `AbortController` that is aborted, too, when a light signal is. */
export async function withAbortController<T>(
  signal: AbortSignalLike,
  run: (controller: AbortController) => Promise<T>,
): Promise<T> {
  const controller = new AbortController();
  const abort = () => controller.abort(signal.reason);
  if (signal.aborted) abort();
  signal.addEventListener("abort", abort, { once: true });
  try {
    return await run(controller);
  } finally {
    signal.removeEventListener("abort", abort);
  }
}
