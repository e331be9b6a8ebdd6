import type { Settings } from "../options/settings.ts";
import { StatusLine } from "../platform/status_line.ts";
import { stdio } from "../platform/deno/stdio.ts";
import type { Progress } from "../progress.ts";
import { progressLine } from "./progress_line.ts";

/** A progress bar on stderr, which disappears when it is stopped. */
export interface ProgressBar {
  /** Draws the progress. */
  update(progress: Progress): void;
  /** Removes the bar. */
  stop(): void;
}

/** Returns a bar for a call if `progressBar` is set, it has several samples, and stderr is a terminal. */
export function progressBarFor(
  { progressBar, nSamples }: Pick<Settings, "progressBar" | "nSamples">,
): ProgressBar | null {
  if (!progressBar || nSamples <= 1 || !stdio.isTerminal("stderr")) return null;
  const line = new StatusLine();
  return {
    update: (progress) => line.show((width) => progressLine(progress, width)),
    stop: () => line.remove(),
  };
}
