/**
 * Returns a quantile of the standard normal distribution, with a relative error below 1.2e-9: P. J. Acklam,
 * "An algorithm for computing the inverse normal cumulative distribution function" (2003).
 *
 * @param share A share from 0.5 to 1. At 1 the quantile is infinite.
 */
export function normalQuantile(share: number): number {
  if (share < 0.97575) {
    const q = share - 0.5;
    return q * polynomial(CENTER, q * q) / polynomial(CENTER_DIVISOR, q * q);
  }
  if (share >= 1) return Infinity;
  const q = Math.sqrt(-2 * Math.log(1 - share));
  return -polynomial(TAIL, q) / polynomial(TAIL_DIVISOR, q);
}

// The coefficients of the approximations by rational functions, highest power first.
// deno-fmt-ignore
const CENTER = [
  -3.969683028665376e1, 2.209460984245205e2, -2.759285104469687e2,
  1.383577518672690e2, -3.066479806614716e1, 2.506628277459239,
];
// deno-fmt-ignore
const CENTER_DIVISOR = [
  -5.447609879822406e1, 1.615858368580409e2, -1.556989798598866e2,
  6.680131188771972e1, -1.328068155288572e1, 1,
];
// deno-fmt-ignore
const TAIL = [
  -7.784894002430293e-3, -3.223964580411365e-1, -2.400758277161838,
  -2.549732539343734, 4.374664141464968, 2.938163982698783,
];
// deno-fmt-ignore
const TAIL_DIVISOR = [
  7.784695709041462e-3, 3.224671290700398e-1, 2.445134137142996,
  3.754408661907416, 1,
];

function polynomial(coefficients: readonly number[], x: number): number {
  return coefficients.reduce((sum, coefficient) => sum * x + coefficient, 0);
}
