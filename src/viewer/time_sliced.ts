/** So long the event loop waits for a slice at the most, but for the step that passes it. */
const SLICE_MS = 15;

/**
 * Goes through a generator in slices, between which the program does what else there is to do.
 *
 * @throws The signal's reason, where it is aborted.
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
      await new Promise((resolve) => setTimeout(resolve, 0));
      endMs = performance.now() + SLICE_MS;
    }
  } finally {
    // What it has open it closes, where it is left before its end.
    steps.return(undefined as Result);
  }
}
