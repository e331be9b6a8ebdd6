/**
 * The value below which a share of the values lies, between two of them on the line that joins them
 * (Hyndman and Fan's type 7, as R and NumPy have it); null where there are none.
 */
export function quantile(
  values: readonly number[],
  share: number,
): number | null {
  if (values.length === 0) return null;
  const sorted = [...values].sort((a, b) => a - b);
  const place = share * (sorted.length - 1);
  const low = sorted[Math.floor(place)]!;
  const high = sorted[Math.ceil(place)]!;
  return low + (place - Math.floor(place)) * (high - low);
}
