/** Options of {@linkcode klDivergence}. */
export interface KlDivergenceOptions {
  /**
   * The pseudocount that is added to the count of each answer, above 0.
   *
   * Without it the divergence is infinite if an answer occurs on one side only. 0.5 is the estimator of
   * Krichevsky and Trofimov, from Jeffreys's prior. The code of the authors of "Thought Anchors" uses 1e-9
   * by default and 1 as an alternative. With 1e-9, a single one of 100 samples whose answer the other side
   * lacks contributes 0.2 nats.
   *
   * @default {0.5}
   */
  readonly alpha?: number;
}

/**
 * Returns the Kullback–Leibler divergence of two distributions of answers, in nats: 0 if they are equal,
 * never negative, always finite.
 *
 * D(P‖Q) = Σ p(a) ln(p(a) / q(a)) over the V answers `a` of both sides, with additive smoothing:
 * p(a) = (count of a + alpha) / (samples + alpha V), and q likewise.
 *
 * @param p How many samples have each answer: `counts` of `answerDistribution`.
 * @param q The counts of the reference distribution.
 * @throws {RangeError} If a side has no samples or a negative count, or alpha is not positive and finite.
 * @example
 * ```ts
 * import { assertAlmostEquals } from "@std/assert";
 * import { klDivergence } from "@rollouts/client/resampling";
 *
 * const p = new Map([["50", 3]]);
 * const q = new Map([["50", 1], ["51", 2]]);
 * // 3.5/4 · ln(3.5/1.5) + 0.5/4 · ln(0.5/2.5)
 * assertAlmostEquals(klDivergence(p, q), 0.540206, 1e-6);
 * ```
 */
export function klDivergence(
  p: ReadonlyMap<string, number>,
  q: ReadonlyMap<string, number>,
  { alpha = 0.5 }: KlDivergenceOptions = {},
): number {
  if (!(alpha > 0 && alpha < Infinity)) {
    throw new RangeError(`alpha must be above 0 and finite, got ${alpha}`);
  }
  const answers = new Set([...p.keys(), ...q.keys()]);
  const samplesP = total(p, "p") + alpha * answers.size;
  const samplesQ = total(q, "q") + alpha * answers.size;
  let divergence = 0;
  for (const answer of answers) {
    const shareP = ((p.get(answer) ?? 0) + alpha) / samplesP;
    const shareQ = ((q.get(answer) ?? 0) + alpha) / samplesQ;
    divergence += shareP * Math.log(shareP / shareQ);
  }
  // Only rounding can make it negative.
  return Math.max(0, divergence);
}

function total(counts: ReadonlyMap<string, number>, name: string): number {
  let sum = 0;
  for (const [answer, count] of counts) {
    if (!(count >= 0 && count < Infinity)) {
      throw new RangeError(
        `${name} must have counts of 0 and above, got ${count} for ${answer}`,
      );
    }
    sum += count;
  }
  if (sum === 0) throw new RangeError(`${name} must have at least one sample`);
  return sum;
}
