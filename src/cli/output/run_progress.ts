import { type Progress, type Rollouts, StoppedError } from "../../../mod.ts";
import {
  progressLine,
  samplesPerSecond,
  type TotalProgress,
} from "../../client/progress_line.ts";
import { StatusLine } from "../../platform/status_line.ts";
import { stdio } from "../../platform/deno/stdio.ts";
import { countNoun } from "../../util/count_noun.ts";
import { formatUsd } from "../../util/format_usd.ts";

/** Counts the samples of a data set and draws the progress bar. */
export class RunProgress {
  /** The number of samples of the finished prompts. */
  samples = 0;
  /** Whether no finished prompt lacks samples. */
  isComplete = true;
  /** Why samples were not requested, or `null` if all were. */
  stopReason: string | null = null;
  readonly #startMs = performance.now();
  readonly #line: StatusLine | null;
  #notRequested = 0;
  #sum: TotalProgress & { readonly prompts: number };

  /**
   * Starts counting.
   *
   * @param total The expected number of samples, or `null` if it is not known.
   * @param options `isDrawn` draws a bar if stderr is a terminal.
   */
  constructor(
    total: number | null,
    { isDrawn }: { readonly isDrawn: boolean },
  ) {
    this.#line = isDrawn && stdio.isTerminal("stderr")
      ? new StatusLine()
      : null;
    const counts = { done: 0, cached: 0, failed: 0, costUsd: 0, prompts: 0 };
    this.#sum = {
      ...counts,
      total,
      inFlight: 0,
      inFlightLimit: 0,
      elapsedMs: 0,
    };
  }

  /** Returns the progress of the whole run. */
  total(): TotalProgress {
    return { ...this.#sum, elapsedMs: performance.now() - this.#startMs };
  }

  /** Returns a listener that adds the progress of one prompt to the total. */
  listener(): (progress: Progress) => void {
    let before = { done: 0, cached: 0, failed: 0, costUsd: 0 };
    return (progress) => {
      const { done, cached, failed, costUsd } = this.#sum;
      const { inFlight, inFlightLimit } = progress;
      this.#add({
        done: done + progress.done - before.done,
        cached: cached + progress.cached - before.cached,
        failed: failed + progress.failed - before.failed,
        costUsd: costUsd + progress.costUsd - before.costUsd,
        // The prompts share a limiter: each reports the requests of all.
        inFlight,
        inFlightLimit,
      });
      before = progress;
    };
  }

  /** Counts a finished prompt. */
  addPrompt({ length, errors }: Rollouts): void {
    const stopped = [...errors.values()]
      .filter((error) => error instanceof StoppedError);
    this.samples += length;
    this.#notRequested += stopped.length;
    this.stopReason ??= stopped[0]?.message ?? null;
    this.isComplete &&= errors.size === 0;
    this.#add({ prompts: this.#sum.prompts + 1 });
  }

  /** Removes the bar. */
  stop(): void {
    this.#line?.remove();
  }

  /**
   * Summarizes the run in one or two lines, each of which fits a terminal.
   *
   * @param errorsFile The file that has the errors, if there is one.
   */
  summary(errorsFile?: string): string[] {
    const { total, done, cached, failed, prompts, costUsd } = this.#sum;
    const samples = total === null
      ? countNoun(done, "sample")
      : `${done} of ${countNoun(total, "sample")}`;
    const rate = samplesPerSecond(this.#sum);
    const notRequested = total === null
      ? this.#notRequested
      : total - done - failed;
    const first = [
      `${samples} done for ${countNoun(prompts, "prompt")}`,
      formatUsd(costUsd),
      ...(rate === 0 ? [] : [`${rate.toFixed(rate < 10 ? 1 : 0)}/s`]),
    ].join("; ");
    const second = Object.entries({
      cached,
      failed,
      "not requested": notRequested,
    })
      .filter(([, count]) => count > 0)
      .map(([what, count]) => `${count} ${what}`).join(", ");
    if (second === "") return [first];
    const hasErrors = failed + notRequested > 0 && errorsFile !== undefined;
    return [first, hasErrors ? `${second}: see ${errorsFile}` : second];
  }

  #add(counts: Partial<TotalProgress>): void {
    const elapsedMs = performance.now() - this.#startMs;
    const sum = this.#sum = { ...this.#sum, ...counts, elapsedMs };
    this.#line?.show((width) => progressLine(sum, width));
  }
}
