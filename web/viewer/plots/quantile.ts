import { sortedQuantile } from "../../../src/util/sorted_quantile.ts";

/** Returns a quantile by linear interpolation, or `null` if there are no values. */
export function quantile(
  values: readonly number[],
  share: number,
): number | null {
  if (values.length === 0) return null;
  return sortedQuantile([...values].sort((a, b) => a - b), share);
}
