/** Sends a signal to a program that may just have ended, which this one may not have been told yet. */
export function killIfRunning(
  child: Deno.ChildProcess,
  signal: Deno.Signal,
): void {
  try {
    child.kill(signal);
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
  }
}
