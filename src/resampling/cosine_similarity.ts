/**
 * Returns the cosine of the angle between two vectors, from -1 to 1. For embeddings it measures the
 * similarity in meaning. It is 0 if a vector is zero, which has no direction.
 *
 * @throws {RangeError} If the vectors differ in length, are empty, or contain a number that is not finite.
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { cosineSimilarity } from "@rollouts/client/resampling";
 *
 * assertEquals(cosineSimilarity([3, 4], [4, 3]), 0.96);
 * assertEquals(cosineSimilarity([1, 0], new Float32Array([0, 2])), 0);
 * ```
 */
export function cosineSimilarity(
  a: ArrayLike<number>,
  b: ArrayLike<number>,
): number {
  if (a.length !== b.length || a.length === 0) {
    throw new RangeError(
      `vectors must have the same length, at least 1, got ${a.length} and ${b.length}`,
    );
  }
  // Scaled, so that no square overflows or underflows.
  const scaleA = largest(a);
  const scaleB = largest(b);
  if (scaleA === 0 || scaleB === 0) return 0;
  let product = 0;
  let squaresA = 0;
  let squaresB = 0;
  for (let index = 0; index < a.length; index++) {
    const x = a[index]! / scaleA;
    const y = b[index]! / scaleB;
    product += x * y;
    squaresA += x * x;
    squaresB += y * y;
  }
  const cosine = product / Math.sqrt(squaresA * squaresB);
  return Math.max(-1, Math.min(1, cosine));
}

function largest(vector: ArrayLike<number>): number {
  let size = 0;
  for (let index = 0; index < vector.length; index++) {
    const value = Math.abs(vector[index]!);
    if (!(value < Infinity)) {
      throw new RangeError(
        `vectors must contain finite numbers, got ${vector[index]} at ${index}`,
      );
    }
    size = Math.max(size, value);
  }
  return size;
}
