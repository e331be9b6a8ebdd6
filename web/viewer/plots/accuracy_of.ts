import type { SampleRow } from "../source/sample_row.ts";
import {
  type ShareInterval,
  wilsonInterval,
} from "../../../src/util/wilson_interval.ts";

/** The share of right answers among those that were found. */
export interface Accuracy extends ShareInterval {
  /** How many answers are right. */
  readonly hits: number;
  /** How many answers were found. */
  readonly trials: number;
}

/** Returns the accuracy of samples, or `null` if no answer was found or the right one is unknown. */
export function accuracyOf(rows: readonly SampleRow[]): Accuracy | null {
  const trials = rows.filter(({ right }) => right !== null).length;
  if (trials === 0) return null;
  const hits = rows.filter(({ right }) => right === true).length;
  return { hits, trials, ...wilsonInterval(hits, trials) };
}
