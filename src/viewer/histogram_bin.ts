/**
 * The bin of a value in a logarithmic histogram: the lower bound of its quarter octave, to six digits.
 * Values below 1 are in bin `0`.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { histogramBin } from "./histogram_bin.ts";
 *
 * assertEquals([0, 1, 100, 128].map(histogramBin), ["0", "1", "90.5097", "128"]);
 * ```
 */
export function histogramBin(value: number): string {
  if (!(value >= 1)) return "0";
  // The logarithm of a power of two may be slightly too small.
  const quarter = Math.floor(4 * Math.log2(value) + 1e-9);
  return String(Number((2 ** (quarter / 4)).toPrecision(6)));
}
