import type { SingleBar } from "cli-progress";
import { type Progress, type Rollouts, StoppedError } from "../../../mod.ts";
import { stderrBar } from "../../platform/stderr_bar.ts";
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
  readonly #total: number | null;
  readonly #startMs = performance.now();
  #bar: SingleBar | null = null;
  #done = 0;
  #cached = 0;
  #failed = 0;
  #notRequested = 0;
  #prompts = 0;
  #costUsd = 0;

  /** Expects this many samples. `null` if the number is not known. */
  constructor(total: number | null) {
    this.#total = total;
  }

  /** Draws a bar if stderr is a terminal. */
  async draw(): Promise<void> {
    if (!stdio.isTerminal("stderr")) return;
    this.#bar = await stderrBar(
      "{bar} {value}/{total} samples | {prompts} prompts | {cached} cached | {failed} failed | " +
        "{rate}/s | {cost} | {left} left",
      { etaBuffer: 1000 },
    );
    this.#bar.start(this.#total ?? 0, 0, this.#shown());
  }

  /** Returns a listener that adds the progress of one prompt to the total. */
  listener(): (progress: Progress) => void {
    let before = { done: 0, cached: 0, failed: 0, costUsd: 0 };
    return (progress) => {
      this.#done += progress.done - before.done;
      this.#cached += progress.cached - before.cached;
      this.#failed += progress.failed - before.failed;
      this.#costUsd += progress.costUsd - before.costUsd;
      before = progress;
      this.#update();
    };
  }

  /** Counts a finished prompt. */
  addPrompt({ length, errors }: Rollouts): void {
    const stopped = [...errors.values()]
      .filter((error) => error instanceof StoppedError);
    this.#prompts++;
    this.samples += length;
    this.#notRequested += stopped.length;
    this.stopReason ??= stopped[0]?.message ?? null;
    this.isComplete &&= errors.size === 0;
    this.#update();
  }

  /** Removes the bar. */
  stop(): void {
    this.#bar?.stop();
  }

  /** Summarizes the run in one line. */
  summary(): string {
    const { prompts, rate, cost } = this.#shown();
    const notRequested = this.#total === null
      ? this.#notRequested
      : this.#total - this.#done - this.#failed;
    const rest = notRequested === 0 ? "" : `, ${notRequested} not requested`;
    const done = this.#total === null
      ? countNoun(this.#done, "sample")
      : `${this.#done} of ${countNoun(this.#total, "sample")}`;
    return `${done} done for ${countNoun(prompts, "prompt")} ` +
      `(${this.#cached} cached, ${this.#failed} failed${rest}); ${cost}; ${rate}/s`;
  }

  #update(): void {
    if (this.#bar === null) return;
    if (this.#total === null) this.#bar.setTotal(this.#done + this.#failed);
    this.#bar.update(this.#done, this.#shown());
  }

  #shown() {
    const seconds = (performance.now() - this.#startMs) / 1000;
    const rate = this.#done / Math.max(seconds, 0.001);
    const missing = (this.#total ?? 0) - this.#done - this.#failed;
    return {
      prompts: this.#prompts,
      cached: this.#cached,
      failed: this.#failed,
      rate: rate.toFixed(rate < 10 ? 1 : 0),
      cost: formatUsd(this.#costUsd),
      left: this.#total === null ? "?" : duration(missing / rate),
    };
  }
}

function duration(seconds: number): string {
  if (!Number.isFinite(seconds)) return "?";
  const whole = Math.max(0, Math.round(seconds));
  const parts = [
    Math.floor(whole / 3600),
    Math.floor(whole / 60) % 60,
    whole % 60,
  ];
  return parts.map((part) => String(part).padStart(2, "0")).join(":");
}
