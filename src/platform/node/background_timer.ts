import { clearTimeout, setTimeout } from "node:timers";

export function setBackgroundTimer(
  listener: () => void,
  delayMs: number,
): () => void {
  const timer = setTimeout(listener, delayMs).unref();
  return () => clearTimeout(timer);
}
