/**
 * Waits until the system has written all buffered data, which would slow down the next contestant.
 * Does nothing if there is no `sync`.
 */
export async function settleFiles(): Promise<void> {
  try {
    await new Deno.Command("sync").output();
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
  }
}
