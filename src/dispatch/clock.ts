import { delay } from "@std/async/delay";

/** Time, as dispatch sees it; tests give one that they move by hand. */
export interface Clock {
  /** Milliseconds since some fixed moment; never goes back. */
  now(): number;
  /** Resolves after `ms` milliseconds; rejects with the signal's reason where it is aborted. */
  sleep(ms: number, signal?: AbortSignal): Promise<void>;
}

/** The machine's clock. */
export const systemClock: Clock = {
  now: () => performance.now(),
  sleep: (ms, signal) => delay(ms, { signal }),
};
