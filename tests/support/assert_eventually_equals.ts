import { assertEquals } from "@std/assert";
import { delay } from "@std/async/delay";

/**
 * Reads a value every few milliseconds until it is the expected one, because a page shows the effect of a
 * click or a key only after it has been redrawn.
 *
 * @throws {AssertionError} If it is still another one after `timeoutMs`.
 */
export async function assertEventuallyEquals<T>(
  read: () => T | Promise<T>,
  expected: T,
  timeoutMs = 30_000,
): Promise<void> {
  const endMs = performance.now() + timeoutMs;
  for (;;) {
    try {
      return assertEquals(await read(), expected);
    } catch (error) {
      if (performance.now() > endMs) throw error;
    }
    await delay(5);
  }
}
