import { delay } from "@std/async/delay";
import type { AbortSignalLike } from "../abort_signal_like.ts";

/** Time, as dispatch sees it; tests give one that they move by hand. */
export interface Clock {
  /** Milliseconds since some fixed moment; never goes back. */
  now(): number;
  /** Resolves after `ms` milliseconds; rejects with the signal's reason where it is aborted. */
  sleep(ms: number, signal: AbortSignalLike): Promise<void>;
}

/** The machine's clock. */
export const systemClock: Clock = {
  now: () => performance.now(),
  sleep,
};

async function sleep(ms: number, signal: AbortSignalLike): Promise<void> {
  signal.throwIfAborted();
  const controller = new AbortController();
  const abort = () => controller.abort(signal.reason);
  signal.addEventListener("abort", abort, { once: true });
  try {
    await delay(ms, { signal: controller.signal });
  } finally {
    signal.removeEventListener("abort", abort);
  }
}
