import { sampleCorrelation } from "npm:simple-statistics@7.12.1";

/**
 * Spearman's rank correlation, of values of which some may be equal: these share the mean of their places, and the
 * ranks are correlated as Pearson does it.
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
