import {
  type ShareInterval,
  wilsonInterval,
} from "../../../src/util/wilson_interval.ts";

/** A share with its interval, and the counts that it is computed from. */
export interface Share extends ShareInterval {
  readonly hits: number;
  readonly trials: number;
}

/** Returns the share of hits among trials, or `null` if there are no trials. */
export function shareOf(hits: number, trials: number): Share | null {
  return trials === 0
    ? null
    : { hits, trials, ...wilsonInterval(hits, trials) };
}
