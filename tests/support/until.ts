import { delay } from "@std/async/delay";

/**
 * Polls every few milliseconds until another process has done something.
 *
 * @throws {Error} If the condition is still false after `timeoutMs`.
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
