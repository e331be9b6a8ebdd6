import type { Progress } from "../progress.ts";
import { formatUsd } from "../util/format_usd.ts";

/** The progress of a call or of a whole data set. */
export interface TotalProgress extends Omit<Progress, "total"> {
  /** The number of requested samples, or `null` if it is not known. */
  readonly total: number | null;
  /** The number of finished prompts, if there are several. */
  readonly prompts?: number;
}

const MAX_BAR = 24;
const MIN_BAR = 10;

/** The ranks of the parts of a line. A narrow line omits the highest ranks first. */
const RANKS = {
  samples: 0,
  cost: 1,
  timeLeft: 2,
  cached: 3,
  rate: 4,
  inFlight: 5,
  prompts: 6,
} as const;

/** Formats progress as a line of at most `width` characters, with a bar if there is room for it. */
export function progressLine(progress: TotalProgress, width: number): string {
  const { total, done, failed } = progress;
  const bar = total === null ? 0 : MIN_BAR + 1;
  let parts = partsOf(progress);
  const text = () => parts.map(([, text]) => text).join(" | ");
  for (let rank = RANKS.prompts; rank > RANKS.samples; rank--) {
    // The bar matters more than parts that are not needed to follow a run.
    const needed = rank > RANKS.timeLeft ? bar : 0;
    if (text().length + needed <= width) break;
    parts = parts.filter(([own]) => own !== rank);
  }
  const room = Math.min(width - text().length - 1, MAX_BAR);
  if (total === null || room < MIN_BAR) return text().slice(0, width);
  const filled = Math.round(room * Math.min((done + failed) / total, 1));
  return `${"█".repeat(filled)}${"░".repeat(room - filled)} ${text()}`;
}

/** Formats progress as a line of a log: all of it, without a bar. */
export function progressText(progress: TotalProgress): string {
  return partsOf(progress).map(([, text]) => text).join(" | ");
}

function partsOf(
  progress: TotalProgress,
): (readonly [rank: number, text: string])[] {
  const { total, done, cached, failed, inFlight, inFlightLimit } = progress;
  const { prompts, costUsd } = progress;
  const rate = samplesPerSecond(progress);
  const leftSeconds = total === null
    ? Infinity
    : (total - done - failed) / rate;
  return [
    [
      RANKS.samples,
      total === null ? `${done + failed}` : `${done + failed}/${total}`,
    ],
    ...(prompts === undefined
      ? []
      : [[RANKS.prompts, `${prompts} prompts`] as const]),
    [RANKS.cached, `${cached} cached, ${failed} failed`],
    [RANKS.inFlight, `${inFlight} of ${inFlightLimit} in flight`],
    [RANKS.rate, `${rate.toFixed(1)}/s`],
    [
      RANKS.timeLeft,
      Number.isFinite(leftSeconds) ? `${duration(leftSeconds)} left` : "…",
    ],
    [RANKS.cost, formatUsd(costUsd)],
  ];
}

/** The new samples per second, including those that failed. */
export function samplesPerSecond(
  { done, failed, cached, elapsedMs }: TotalProgress,
): number {
  return elapsedMs > 0 ? (done + failed - cached) / (elapsedMs / 1000) : 0;
}

function duration(seconds: number): string {
  const rounded = Math.ceil(seconds);
  if (rounded < 60) return `${rounded} s`;
  const minutes = Math.floor(rounded / 60);
  if (minutes < 60) return `${minutes} min ${rounded % 60} s`;
  return `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}
