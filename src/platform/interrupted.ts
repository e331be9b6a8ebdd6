import { system } from "./deno/system.ts";

/**
 * For this long, in milliseconds, a second signal counts as the first: a parent process such as `npx`
 * may forward the same Ctrl-C within a millisecond. A person who presses it again is slower.
 */
const SAME_PRESS_MS = 250;

/**
 * Resolves at the first Ctrl-C or SIGTERM. A quarter of a second later, the next signal ends the
 * process as usual. Never resolves after `signal` is aborted.
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
