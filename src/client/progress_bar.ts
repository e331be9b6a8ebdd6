import type { SingleBar } from "cli-progress";
import type { Settings } from "../options/settings.ts";
import { stderrBar } from "../platform/stderr_bar.ts";
import { stdio } from "../platform/deno/stdio.ts";
import type { Progress } from "../progress.ts";

/** A bar for a call that requests samples: for more than one, on a terminal, where it is wanted. */
export function progressBarFor(
  { progressBar, nSamples }: Settings,
): ProgressBar | null {
  return progressBar && nSamples > 1 && stdio.isTerminal("stderr")
    ? new ProgressBar()
    : null;
}

/** A bar on stderr, which is gone when the call is done. */
export class ProgressBar {
  #bar: SingleBar | null = null;
  #latest: Progress | null = null;
  #stopped = false;

  /** Draws the state; the library that draws is loaded at the first call. */
  update(progress: Progress): void {
    this.#latest = progress;
    // Without the library there is no bar, and the samples come all the same.
    if (this.#bar === null) this.#load().catch(() => {});
    else this.#draw(this.#bar, progress);
  }

  /** Takes the bar away. */
  stop(): void {
    this.#stopped = true;
    this.#bar?.stop();
  }

  async #load(): Promise<void> {
    const bar = await stderrBar(
      "{bar} {value}/{total} | {cached} cached, {failed} failed, {inFlight} of {inFlightLimit} in flight | {rate}/s | {left} | {cost}",
      { barsize: 24, barCompleteChar: "█", barIncompleteChar: "░" },
    );
    if (this.#stopped || this.#bar !== null || this.#latest === null) return;
    this.#bar = bar;
    this.#bar.start(this.#latest.total, 0, fields(this.#latest));
    this.#draw(this.#bar, this.#latest);
  }

  #draw(bar: SingleBar, progress: Progress): void {
    bar.update(progress.done + progress.failed, fields(progress));
  }
}

function fields(progress: Progress): Record<string, string | number> {
  const { total, done, cached, failed, inFlight, inFlightLimit, costUsd } =
    progress;
  const seconds = progress.elapsedMs / 1000;
  const rate = seconds > 0 ? (done + failed - cached) / seconds : 0;
  const leftSeconds = rate > 0 ? (total - done - failed) / rate : Infinity;
  return {
    cached,
    failed,
    inFlight,
    inFlightLimit,
    rate: rate.toFixed(1),
    left: Number.isFinite(leftSeconds) ? `${duration(leftSeconds)} left` : "…",
    cost: `$${costUsd.toFixed(4)}`,
  };
}

function duration(seconds: number): string {
  const rounded = Math.ceil(seconds);
  if (rounded < 60) return `${rounded} s`;
  const minutes = Math.floor(rounded / 60);
  if (minutes < 60) return `${minutes} min ${rounded % 60} s`;
  return `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}
