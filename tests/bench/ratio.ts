import { median } from "./median.ts";

/** The ratio of two contestants over all rounds. */
export interface Ratio {
  /** The median of the rounds' ratios. */
  readonly median: number;
  /** The lowest. */
  readonly min: number;
  /** The highest. */
  readonly max: number;
}

/** Divides each round's value by the reference's value of the same round. */
export function ratio(
  values: readonly number[],
  reference: readonly number[],
): Ratio {
  const ratios = values.map((value, round) => value / reference[round]!);
  return {
    median: median(ratios),
    min: Math.min(...ratios),
    max: Math.max(...ratios),
  };
}
