/**
 * Returns a quantile of sorted values, of which there is at least one, by linear interpolation: type 7 of
 * Hyndman and Fan, the default of R and NumPy.
 */
export function sortedQuantile(
  sorted: readonly number[],
  share: number,
): number {
  const position = share * (sorted.length - 1);
  const below = sorted[Math.floor(position)]!;
  const above = sorted[Math.ceil(position)]!;
  return below + (position - Math.floor(position)) * (above - below);
}
