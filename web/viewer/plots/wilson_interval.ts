/** The 97.5% quantile of the standard normal distribution. */
const Z = 1.959964;

/** A proportion and its 95% confidence interval. */
export interface ShareInterval {
  readonly value: number;
  readonly low: number;
  readonly high: number;
}

/**
 * Wilson's score interval of a share, which stays within 0 and 1 and holds for few trials: E. B. Wilson,
 * "Probable inference, the law of succession, and statistical inference", JASA 22 (1927); recommended by
 * Brown, Cai and DasGupta, "Interval estimation for a binomial proportion", Statistical Science 16 (2001).
 */
export function wilsonInterval(hits: number, trials: number): ShareInterval {
  const value = hits / trials;
  const divisor = 1 + Z ** 2 / trials;
  const middle = (value + Z ** 2 / (2 * trials)) / divisor;
  const half = Z / divisor *
    Math.sqrt(value * (1 - value) / trials + Z ** 2 / (4 * trials ** 2));
  return {
    value,
    // Exact, because rounding would leave the ends a little inside.
    low: hits === 0 ? 0 : middle - half,
    high: hits === trials ? 1 : middle + half,
  };
}
