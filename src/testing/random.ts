/** A source of numbers from 0 (inclusive) to 1 (exclusive). */
export type Random = () => number;

/**
 * Creates a splitmix32 generator: the same seed produces the same numbers.
 *
 * It is far cheaper to create than the generators of pure-rand, and the server needs a new one for
 * every request.
 *
 * @param seed Any number; only its low 32 bits count.
 */
export function createRandom(seed: number): Random {
  let state = seed | 0;
  return () => {
    state = (state + GOLDEN_GAMMA) | 0;
    return mixBits(state) / 2 ** 32;
  };
}

/**
 * Hashes a text to 32 bits (FNV-1a, then mixed). Fast, but not secure.
 *
 * @param start The hash of the text before it, to chain several texts.
 */
export function hashText(text: string, start = 0): number {
  let hash = start ^ 0x811c9dc5;
  for (let index = 0; index < text.length; index++) {
    hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193);
  }
  return mixBits(hash ^ text.length);
}

/** Picks an entry of a non-empty list. */
export function pick<T>(random: Random, list: readonly T[]): T {
  return list[Math.floor(random() * list.length)]!;
}

/** 2³² divided by the golden ratio: steps of this size visit every state once. */
const GOLDEN_GAMMA = 0x9e3779b9;

function mixBits(value: number): number {
  let bits = value;
  bits = Math.imul(bits ^ (bits >>> 16), 0x21f0aaad);
  bits = Math.imul(bits ^ (bits >>> 15), 0x735a2d97);
  return (bits ^ (bits >>> 15)) >>> 0;
}
