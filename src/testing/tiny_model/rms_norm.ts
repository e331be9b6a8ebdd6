/**
 * Normalizes each of several vectors by its root mean square and scales each element by a weight:
 * yᵢ = wᵢ xᵢ / √(mean(x²) + ε).
 *
 * Source: equation 4 of "Root Mean Square Layer Normalization" (Zhang and Sennrich, 2019,
 * arXiv 1910.07467). Implementations add ε to avoid a division by zero.
 *
 * @param x The vectors, one after another.
 * @param weights One weight per element of a vector.
 * @param epsilon The constant ε.
 */
export function rmsNorm(
  x: Float32Array,
  weights: Float32Array,
  epsilon: number,
): Float32Array {
  const length = weights.length;
  const y = new Float32Array(x.length);
  for (let start = 0; start < x.length; start += length) {
    let squares = 0;
    for (let i = start; i < start + length; i++) squares += x[i]! * x[i]!;
    const scale = 1 / Math.sqrt(squares / length + epsilon);
    for (let i = 0; i < length; i++) {
      y[start + i] = weights[i]! * x[start + i]! * scale;
    }
  }
  return y;
}
