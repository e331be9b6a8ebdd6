import { nextTurn } from "../util/next_turn.ts";

/** How long a slice may block the event loop, apart from its last step. */
const SLICE_MS = 15;

/**
 * Runs a generator in time slices and lets other tasks run between them.
 *
 * @throws The signal's reason if it is aborted.
 */
export async function timeSliced<Result>(
  steps: Generator<unknown, Result, undefined>,
  signal?: AbortSignal,
): Promise<Result> {
  let endMs = performance.now() + SLICE_MS;
  try {
    while (true) {
      signal?.throwIfAborted();
      const { done, value } = steps.next();
      if (done) return value;
      if (performance.now() < endMs) continue;
      await nextTurn();
      endMs = performance.now() + SLICE_MS;
    }
  } finally {
    // Runs the generator's own finally blocks if it has not finished.
    steps.return(undefined as Result);
  }
}
