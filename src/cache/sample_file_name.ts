/** The parts of a sample's file name. */
export interface SampleFileName {
  /** The sample's seed. */
  readonly seed: number;
  /** The digest of its request if another request has the file without a digest, else `null`. */
  readonly digest: string | null;
}

/** Returns the file name of a sample: `seed_00007.json`. */
export function sampleFileName(
  seed: number,
  digest: string | null = null,
): string {
  const stem = `seed_${String(seed).padStart(5, "0")}`;
  return digest === null ? `${stem}.json` : `${stem}-${digest}.json`;
}

/** Parses a name of {@linkcode sampleFileName}. Returns `null` for every other name. */
export function readSampleFileName(name: string): SampleFileName | null {
  const match = /^seed_(\d{5,16})(?:-([0-9a-f]{16}))?\.json$/.exec(name);
  if (match === null) return null;
  const seed = Number(match[1]);
  const digest = match[2] ?? null;
  return sampleFileName(seed, digest) === name ? { seed, digest } : null;
}
