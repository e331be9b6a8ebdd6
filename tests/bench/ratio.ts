import { median } from "./median.ts";

/** How two contestants compare, over all rounds. */
export interface Ratio {
  /** The median of the rounds' ratios. */
  readonly median: number;
  /** The least. */
  readonly min: number;
  /** The greatest. */
  readonly max: number;
}

/** Each round's value to the reference's of the same round, where both saw the same machine. */
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
