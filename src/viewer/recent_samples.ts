import type { RecentTotals } from "./view_data.ts";

const MINUTE_MS = 60_000;

/** Older samples are not remembered: clocks of a file system and of this machine may differ by as much. */
const KEPT_MS = 10 * MINUTE_MS;

/** The samples that were written recently. */
export class RecentSamples {
  readonly #now: () => number;
  #samples: { readonly writtenMs: number; readonly costUsd: number }[] = [];

  /** Starts without samples. `now` returns the time in Unix milliseconds. */
  constructor(now: () => number = () => Date.now()) {
    this.#now = now;
  }

  /** Adds a sample that was written at a time of the file system, in Unix milliseconds. */
  add(writtenMs: number, costUsd: number | null): void {
    if (writtenMs < this.#now() - KEPT_MS) return;
    this.#samples.push({ writtenMs, costUsd: costUsd ?? 0 });
  }

  /** Sums up the samples of the minute before a time of the file system, and forgets older ones. */
  lastMinute(untilMs: number): RecentTotals {
    this.#samples = this.#samples
      .filter(({ writtenMs }) => writtenMs > untilMs - MINUTE_MS);
    let [samples, sumUsd] = [0, 0];
    for (const { writtenMs, costUsd } of this.#samples) {
      if (writtenMs > untilMs) continue;
      samples++;
      sumUsd += costUsd;
    }
    return { samples, costUsd: sumUsd };
  }
}
