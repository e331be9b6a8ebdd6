/**
 * Waits until the system has written what it still holds: else it does so while the next contestant is
 * timed. Where there is no `sync` it waits for nothing.
 */
export async function settleFiles(): Promise<void> {
  try {
    await new Deno.Command("sync").output();
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
  }
}
