import type { SampleRow } from "../source/sample_row.ts";
import { type Share, shareOf } from "./share.ts";

/** Returns the share of right answers among those that were found, or `null` if none was found or the right one is unknown. */
export function accuracyOf(rows: readonly SampleRow[]): Share | null {
  const trials = rows.filter(({ right }) => right !== null).length;
  const hits = rows.filter(({ right }) => right === true).length;
  return shareOf(hits, trials);
}
