/**
 * Returns the log probabilities of all tokens: log softmax(z / T).
 *
 * @param logits The logits z.
 * @param temperature The temperature T; above 0.
 */
export function logSoftmax(
  logits: Float32Array,
  temperature = 1,
): Float64Array {
  // The highest logit is subtracted, or the exponentials could overflow.
  let highest = -Infinity;
  for (let i = 0; i < logits.length; i++) {
    if (logits[i]! > highest) highest = logits[i]!;
  }
  const scaled = new Float64Array(logits.length);
  let total = 0;
  for (let i = 0; i < logits.length; i++) {
    scaled[i] = (logits[i]! - highest) / temperature;
    total += Math.exp(scaled[i]!);
  }
  const logTotal = Math.log(total);
  for (let i = 0; i < scaled.length; i++) scaled[i]! -= logTotal;
  return scaled;
}
