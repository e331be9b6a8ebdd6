import type { SampleRow } from "../set/sample_row.ts";

/** The samples of one seed on two sides; null where a side has none. */
export type SeedPair = readonly [SampleRow | null, SampleRow | null];

/** The samples of two sides by seed: first the seeds that both have. */
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
