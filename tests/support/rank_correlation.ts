import { sampleCorrelation } from "npm:simple-statistics@7.12.1";

/**
 * Returns Spearman's rank correlation: Pearson's correlation of the ranks, with mean ranks
 * for ties.
 */
export function rankCorrelation(
  a: readonly number[],
  b: readonly number[],
): number {
  return sampleCorrelation(midRanks(a), midRanks(b));
}

function midRanks(values: readonly number[]): number[] {
  return values.map((value) => {
    const lower = values.filter((other) => other < value).length;
    const equal = values.filter((other) => other === value).length;
    return lower + (equal + 1) / 2;
  });
}
