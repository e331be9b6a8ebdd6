import type { SampleRow } from "../source/sample_row.ts";

/** The samples of a seed on two sides, or `null` if a side has none. */
export type SeedPair = readonly [SampleRow | null, SampleRow | null];

/** Pairs the samples of two sides by seed. Seeds that both sides have come first. */
export function seedPairs(
  a: readonly SampleRow[],
  b: readonly SampleRow[],
): SeedPair[] {
  const ofA = new Map(a.map((row) => [row.head.seed, row]));
  const ofB = new Map(b.map((row) => [row.head.seed, row]));
  const seeds = [...new Set([...ofA.keys(), ...ofB.keys()])];
  const both = (seed: number) => ofA.has(seed) && ofB.has(seed);
  return seeds
    .sort((x, y) => Number(both(y)) - Number(both(x)) || x - y)
    .map((seed) => [ofA.get(seed) ?? null, ofB.get(seed) ?? null]);
}
