/** Resolves in a later turn of the event loop, after timers that are due and I/O that is ready. */
export function nextTurn(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, 0));
}
