/** A file that was left as it was. */
export interface LeftFile {
  readonly path: string;
  readonly reason: string;
}

/** The result of a change by a `PackWriter`. */
export interface PackResult {
  /** The number of samples that were packed, unpacked, or removed. */
  readonly samples: number;
  /** The size of their files in bytes. */
  readonly bytes: number;
  readonly left: readonly LeftFile[];
}

/** The result of a change that found nothing to do. */
export const NOTHING: PackResult = { samples: 0, bytes: 0, left: [] };

/** Adds up the results of changes. */
export function sumResults(results: Iterable<PackResult>): PackResult {
  let [samples, bytes] = [0, 0];
  const left: LeftFile[] = [];
  for (const result of results) {
    samples += result.samples;
    bytes += result.bytes;
    left.push(...result.left);
  }
  return { samples, bytes, left };
}
