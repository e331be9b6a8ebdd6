/** The keys and values that a query is compared with. */
export interface Attended {
  /** One row per position. The number of rows must be a multiple of 4. */
  readonly keys: Float32Array;
  /** One row per position. */
  readonly values: Float32Array;
  /** The number of positions that the query attends to. */
  readonly length: number;
}

/**
 * Computes multi-head scaled dot-product attention for one query: softmax(q Kᵀ / √d) V in each
 * head, where d is the size of a head.
 *
 * Source: equation 1 and section 3.2.2 of "Attention Is All You Need" (Vaswani et al., 2017,
 * arXiv 1706.03762).
 *
 * @param query The query of all heads.
 * @param attended The keys and values.
 * @param headCount The number of heads.
 * @param y Where the result goes. It must not be `query`.
 */
export function attention(
  query: Float32Array,
  { keys, values, length }: Attended,
  headCount: number,
  y: Float32Array,
): void {
  const headSize = query.length / headCount;
  // Four positions are computed at a time. Those after the last one get the weight 0.
  const weights = new Float32Array(Math.ceil(length / 4) * 4);
  y.fill(0);
  for (let start = 0; start < query.length; start += headSize) {
    const head = { start, end: start + headSize };
    scorePositions(query, keys, weights, head);
    weights.fill(-Infinity, length);
    const total = exponentials(weights, 1 / Math.sqrt(headSize));
    addWeighted(values, weights, y, head);
    // The softmax is divided by its sum here, where there are fewer numbers.
    for (let i = head.start; i < head.end; i++) y[i]! /= total;
  }
}

/** The elements of a head in the rows of all heads. */
interface HeadRange {
  readonly start: number;
  readonly end: number;
}

/** Computes the dot product of the query and each key. */
function scorePositions(
  query: Float32Array,
  keys: Float32Array,
  scores: Float32Array,
  { start, end }: HeadRange,
): void {
  const rowLength = query.length;
  for (let position = 0; position < scores.length; position += 4) {
    const row0 = position * rowLength;
    const row1 = row0 + rowLength;
    const row2 = row1 + rowLength;
    const row3 = row2 + rowLength;
    let score0 = 0, score1 = 0, score2 = 0, score3 = 0;
    for (let i = start; i < end; i++) {
      const value = query[i]!;
      score0 += keys[row0 + i]! * value;
      score1 += keys[row1 + i]! * value;
      score2 += keys[row2 + i]! * value;
      score3 += keys[row3 + i]! * value;
    }
    scores[position] = score0;
    scores[position + 1] = score1;
    scores[position + 2] = score2;
    scores[position + 3] = score3;
  }
}

/** Replaces scores with exp(scale · (score − highest score)), and returns their sum. */
function exponentials(scores: Float32Array, scale: number): number {
  let highest = -Infinity;
  for (let i = 0; i < scores.length; i++) {
    if (scores[i]! > highest) highest = scores[i]!;
  }
  let total = 0;
  for (let i = 0; i < scores.length; i++) {
    const exponential = Math.exp((scores[i]! - highest) * scale);
    scores[i] = exponential;
    total += exponential;
  }
  return total;
}

/** Adds the weighted sum of the values. */
function addWeighted(
  values: Float32Array,
  weights: Float32Array,
  y: Float32Array,
  { start, end }: HeadRange,
): void {
  const rowLength = y.length;
  for (let position = 0; position < weights.length; position += 4) {
    const row0 = position * rowLength;
    const row1 = row0 + rowLength;
    const row2 = row1 + rowLength;
    const row3 = row2 + rowLength;
    const weight0 = weights[position]!;
    const weight1 = weights[position + 1]!;
    const weight2 = weights[position + 2]!;
    const weight3 = weights[position + 3]!;
    for (let i = start; i < end; i++) {
      y[i]! += weight0 * values[row0 + i]! + weight1 * values[row1 + i]! +
        weight2 * values[row2 + i]! + weight3 * values[row3 + i]!;
    }
  }
}
