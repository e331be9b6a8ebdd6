import { normalQuantile } from "./normal_quantile.ts";

/** A proportion and its confidence interval. */
export interface ShareInterval {
  readonly value: number;
  readonly low: number;
  readonly high: number;
}

/**
 * Wilson's score interval of a proportion, which stays within 0 and 1 and is valid for few trials: E. B.
 * Wilson, "Probable inference, the law of succession, and statistical inference", JASA 22 (1927); recommended
 * by Brown, Cai and DasGupta, "Interval estimation for a binomial proportion", Statistical Science 16 (2001).
 *
 * @param confidence The coverage of the interval, above 0 and below 1.
 */
export function wilsonInterval(
  hits: number,
  trials: number,
  confidence = 0.95,
): ShareInterval {
  const z = normalQuantile((1 + confidence) / 2);
  const value = hits / trials;
  const divisor = 1 + z ** 2 / trials;
  const middle = (value + z ** 2 / (2 * trials)) / divisor;
  const half = z / divisor *
    Math.sqrt(value * (1 - value) / trials + z ** 2 / (4 * trials ** 2));
  return {
    value,
    // Exact, because rounding would leave the ends a little inside.
    low: hits === 0 ? 0 : middle - half,
    high: hits === trials ? 1 : middle + half,
  };
}
