import type { SingleBar } from "cli-progress";
import type { Settings } from "../options/settings.ts";
import { stderrBar } from "../platform/stderr_bar.ts";
import { stdio } from "../platform/deno/stdio.ts";
import type { Progress } from "../progress.ts";
import { formatUsd } from "../util/format_usd.ts";

/** Returns a bar for a call if `progressBar` is set, it has several samples, and stderr is a terminal. */
export function progressBarFor(
  { progressBar, nSamples }: Settings,
): ProgressBar | null {
  return progressBar && nSamples > 1 && stdio.isTerminal("stderr")
    ? new ProgressBar()
    : null;
}

/** A progress bar on stderr, which disappears when it is stopped. */
class ProgressBar {
  #bar: SingleBar | null = null;
  #latest: Progress | null = null;
  #stopped = false;

  /** Draws the progress. The first call loads the library that draws. */
  update(progress: Progress): void {
    this.#latest = progress;
    // A missing library must not make the call fail.
    if (this.#bar === null) this.#load().catch(() => {});
    else this.#draw(this.#bar, progress);
  }

  /** Removes the bar. */
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
    cost: formatUsd(costUsd),
  };
}

function duration(seconds: number): string {
  const rounded = Math.ceil(seconds);
  if (rounded < 60) return `${rounded} s`;
  const minutes = Math.floor(rounded / 60);
  if (minutes < 60) return `${minutes} min ${rounded % 60} s`;
  return `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}
