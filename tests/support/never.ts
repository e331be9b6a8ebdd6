/** Returns a signal that is never aborted. */
export function never(): AbortSignal {
  return new AbortController().signal;
}
