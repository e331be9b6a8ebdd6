import { type MutableSummary, table } from "./mutable_summary.ts";
import type { TimeTotals } from "./view_data.ts";

type Times = MutableSummary["times"];

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** Familiar lengths of time, of which each is a multiple of the one before. */
const STEPS = [
  SECOND,
  5 * SECOND,
  15 * SECOND,
  MINUTE,
  5 * MINUTE,
  15 * MINUTE,
  HOUR,
  3 * HOUR,
  6 * HOUR,
  DAY,
  7 * DAY,
  28 * DAY,
  364 * DAY,
];

/** The maximum number of bins from the first to the last: more bars are not distinguishable. */
const MOST = 48;

/**
 * Adds samples to the bin of a time. If the bins become too many, they are joined into longer ones.
 *
 * @param leastStepMs The precision of the time: bins are at least as long.
 */
export function addToTimes(
  times: Times,
  atMs: number,
  totals: TimeTotals,
  leastStepMs: number = SECOND,
): void {
  if (leastStepMs > times.stepMs) join(times, leastStepMs);
  const isNew = addToBin(times, atMs, totals);
  if (isNew) join(times, stepFor(times));
}

/** Returns whether the bin is new. */
function addToBin(
  { stepMs, bins }: Times,
  atMs: number,
  { samples, priced, costUsd }: TimeTotals,
): boolean {
  const start = String(Math.floor(atMs / stepMs) * stepMs);
  const isNew = bins[start] === undefined;
  const bin = bins[start] ??= { samples: 0, priced: 0, costUsd: 0 };
  bin.samples += samples;
  bin.priced += priced;
  bin.costUsd += costUsd;
  return isNew;
}

function stepFor({ stepMs, bins }: Times): number {
  const starts = Object.keys(bins).map(Number);
  const lengthMs = Math.max(...starts) - Math.min(...starts);
  return STEPS.find((step) => step >= stepMs && lengthMs / step < MOST) ??
    STEPS.at(-1)!;
}

function join(times: Times, stepMs: number): void {
  if (stepMs === times.stepMs) return;
  const before = Object.entries(times.bins);
  times.stepMs = stepMs;
  times.bins = table();
  for (const [start, totals] of before) {
    addToBin(times, Number(start), totals);
  }
}
