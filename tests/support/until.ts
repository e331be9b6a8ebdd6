import { delay } from "@std/async/delay";

/**
 * Waits for something that another process does, looking every few milliseconds.
 *
 * @throws {Error} Where it has not come true after `timeoutMs`.
 */
export async function until(
  isTrue: () => boolean | Promise<boolean>,
  timeoutMs = 30_000,
): Promise<void> {
  const endMs = performance.now() + timeoutMs;
  while (!await isTrue()) {
    if (performance.now() > endMs) throw new Error(`not true: ${isTrue}`);
    await delay(5);
  }
}
