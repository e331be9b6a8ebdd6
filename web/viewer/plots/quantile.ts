/**
 * Returns a quantile by linear interpolation (type 7 of Hyndman and Fan, the default of R and NumPy), or
 * `null` if there are no values.
 */
export function quantile(
  values: readonly number[],
  share: number,
): number | null {
  if (values.length === 0) return null;
  const sorted = [...values].sort((a, b) => a - b);
  const position = share * (sorted.length - 1);
  const low = sorted[Math.floor(position)]!;
  const high = sorted[Math.ceil(position)]!;
  return low + (position - Math.floor(position)) * (high - low);
}
