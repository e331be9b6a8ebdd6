/**
 * Calls `listener` after so many milliseconds, unless the program has ended by then.
 *
 * @returns What takes it back.
 */
export function setBackgroundTimer(
  listener: () => void,
  delayMs: number,
): () => void {
  const timer = setTimeout(listener, delayMs);
  Deno.unrefTimer(timer);
  return () => clearTimeout(timer);
}
