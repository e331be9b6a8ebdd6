import { system } from "./deno/system.ts";

/**
 * A program that starts this one, such as `npx`, may pass on the same press of Ctrl-C, within a millisecond: for so
 * long, in milliseconds, it counts once. A person who presses again is slower.
 */
const SAME_PRESS_MS = 250;

/**
 * Resolves when the program is asked to end, by Ctrl-C or SIGTERM; a quarter of a second after that the next
 * such signal ends it at once. It stops listening when `signal` is aborted, and then never resolves.
 */
export function interrupted(signal?: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    let clearTimer: (() => void) | undefined;
    const stopListening = () => {
      clearTimer?.();
      stopSignals();
      signal?.removeEventListener("abort", stopListening);
    };
    const stopSignals = system.onTerminationSignal(() => {
      if (clearTimer !== undefined) return;
      clearTimer = system.setUnrefTimeout(stopListening, SAME_PRESS_MS);
      resolve();
    });
    signal?.addEventListener("abort", stopListening, { once: true });
  });
}
