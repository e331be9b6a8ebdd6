import type { SampleRow } from "../source/sample_row.ts";
import { type ShareInterval, wilsonInterval } from "./wilson_interval.ts";

/** The share of right samples among those of which it is known. */
export interface Accuracy extends ShareInterval {
  /** How many samples are right. */
  readonly hits: number;
  /** Of how many samples it is known. */
  readonly trials: number;
}

/** Returns the accuracy of samples, or `null` if it is not known of any whether it is right. */
export function accuracyOf(rows: readonly SampleRow[]): Accuracy | null {
  const trials = rows.filter(({ right }) => right !== null).length;
  if (trials === 0) return null;
  const hits = rows.filter(({ right }) => right === true).length;
  return { hits, trials, ...wilsonInterval(hits, trials) };
}
