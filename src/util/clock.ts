import { delay } from "@std/async/delay";
import type { AbortSignalLike } from "../abort_signal_like.ts";
import { withAbortController } from "./with_abort_controller.ts";

/** A source of time, which tests replace. */
export interface Clock {
  /** Returns milliseconds since a fixed moment. Never decreases. */
  now(): number;
  /**
   * Resolves after `ms` milliseconds.
   *
   * @throws The signal's reason, if it is aborted first.
   */
  sleep(ms: number, signal: AbortSignalLike): Promise<void>;
}

export const systemClock: Clock = {
  now: () => performance.now(),
  sleep: async (ms, signal) => {
    signal.throwIfAborted();
    await withAbortController(signal, ({ signal }) => delay(ms, { signal }));
  },
};
