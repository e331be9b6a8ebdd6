import { sortedQuantile } from "../../../src/util/sorted_quantile.ts";

/** Numbers of samples by value, as in a set's summary. */
export type ValueCounts = Readonly<Record<string, number>>;

/** Returns a quantile by linear interpolation, or `null` if there are no values. */
export function quantile(
  values: readonly number[],
  share: number,
): number | null {
  if (values.length === 0) return null;
  return sortedQuantile([...values].sort((a, b) => a - b), share);
}

/** Returns the median of counted values, or `null` if there are none. */
export function countedMedian(counts: ValueCounts): number | null {
  const values = Object.entries(counts).flatMap(([value, count]) =>
    new Array<number>(count).fill(Number(value))
  );
  return quantile(values, 0.5);
}
