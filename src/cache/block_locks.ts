import type { LockHolder } from "./lock_holder.ts";
import { sampleFileName } from "./sample_file_name.ts";

/**
 * The number of seeds that share a lock file. Creating and removing one takes as long as writing a sample, so
 * a lock for each sample would double that time. But other processes wait for a whole block, so a larger
 * block would leave a process idle at the end of a prompt.
 */
const BLOCK_SEEDS = 16;

/** A sample to lock. */
export interface LockedSample {
  /** The directory of the prompt's samples. */
  readonly directory: string;
  readonly seed: number;
}

/**
 * The locks of this process on samples of a cache directory. Consecutive seeds share a lock file, which
 * exists as long as one of them is locked.
 */
export class BlockLocks {
  readonly #holder: LockHolder;
  /** The locked seeds, by the path of their block's lock. */
  readonly #held = new Map<string, Set<number>>();

  /** @param holder Owns the lock files. */
  constructor(holder: LockHolder) {
    this.#holder = holder;
  }

  /**
   * Acquires the lock of a sample. Returns `false` if this process has locked it already, or if another
   * one holds the lock of its block.
   *
   * @throws {CacheError} If no lock can be created there.
   */
  acquire({ directory, seed }: LockedSample): boolean {
    const name = blockName(seed);
    const path = `${directory}/${name}`;
    const seeds = this.#held.get(path);
    if (seeds?.has(seed)) return false;
    const place = { directory, name };
    const isHeld = seeds !== undefined && this.#holder.isOwner(place);
    if (!isHeld && !this.#holder.acquire(place)) return false;
    if (seeds === undefined) this.#held.set(path, new Set([seed]));
    else seeds.add(seed);
    return true;
  }

  /** The number of samples that this process has locked. */
  get count(): number {
    let count = 0;
    for (const seeds of this.#held.values()) count += seeds.size;
    return count;
  }

  /** Returns whether {@linkcode acquire} would return `false`. */
  isLocked({ directory, seed }: LockedSample): boolean {
    const name = blockName(seed);
    const seeds = this.#held.get(`${directory}/${name}`);
    return seeds?.has(seed) ??
      this.#holder.isLocked({ directory, name });
  }

  /** Releases the lock of a sample. */
  release({ directory, seed }: LockedSample): void {
    const name = blockName(seed);
    const path = `${directory}/${name}`;
    const seeds = this.#held.get(path);
    seeds?.delete(seed);
    if (seeds?.size !== 0) return;
    this.#held.delete(path);
    this.#holder.release({ directory, name });
  }
}

/** Returns the name of the lock of a seed's block: `.seeds_00000-00015.lock`. */
function blockName(seed: number): string {
  const first = seed - seed % BLOCK_SEEDS;
  const [start, end] = [first, first + BLOCK_SEEDS - 1]
    .map((seed) => sampleFileName(seed).slice("seed_".length, -".json".length));
  return `.seeds_${start}-${end}.lock`;
}
