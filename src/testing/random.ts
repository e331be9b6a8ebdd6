/** A source of numbers from 0 up to, but not including, 1. */
export type Random = () => number;

/**
 * A source of numbers that gives the same ones for the same seed.
 *
 * @param seed Any number; only its 32 low bits count.
 */
export function createRandom(seed: number): Random {
  let state = seed | 0;
  return () => {
    state = (state + GOLDEN_STEP) | 0;
    return mixBits(state) / 2 ** 32;
  };
}

/**
 * A 32-bit hash of a text: quick and well spread, but not for secrets.
 *
 * @param text What to hash.
 * @param start The hash of what came before, so that several texts can be chained.
 */
export function hashText(text: string, start = 0): number {
  let hash = start ^ 0x811c9dc5;
  for (let index = 0; index < text.length; index++) {
    hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193);
  }
  return mixBits(hash ^ text.length);
}

/** One of the entries of a list that must not be empty. */
export function pick<T>(random: Random, list: readonly T[]): T {
  return list[Math.floor(random() * list.length)]!;
}

/** 2³² divided by the golden ratio: steps of this size visit every state once. */
const GOLDEN_STEP = 0x9e3779b9;

function mixBits(value: number): number {
  let bits = value;
  bits = Math.imul(bits ^ (bits >>> 16), 0x21f0aaad);
  bits = Math.imul(bits ^ (bits >>> 15), 0x735a2d97);
  return (bits ^ (bits >>> 15)) >>> 0;
}
