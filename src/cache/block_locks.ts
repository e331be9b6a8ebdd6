import { getOrCreate } from "../util/get_or_create.ts";
import type { LockHolder, LockPath } from "./lock_holder.ts";
import { PACK_LOCK } from "./pack_name.ts";
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
  /** The current epoch of each directory: see {@linkcode BlockLocks.epoch}. */
  readonly #epochs = new Map<string, { lockedBlocks: number }>();

  /** @param holder Owns the lock files. */
  constructor(holder: LockHolder) {
    this.#holder = holder;
  }

  /**
   * Acquires the lock of a sample. Returns `false` if this process has locked it already, or if another
   * one holds the lock of its block or changes the packs of the prompt.
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
    if (!isHeld && !this.#acquireBlock(place)) return false;
    if (seeds !== undefined) seeds.add(seed);
    else {
      this.#held.set(path, new Set([seed]));
      const begin = () => ({ lockedBlocks: 0 });
      getOrCreate(this.#epochs, directory, begin).lockedBlocks++;
    }
    return true;
  }

  /**
   * Returns the epoch of a prompt's directory: the same object as long as this process always has a sample of
   * it locked. Meanwhile, no other process changes the prompt's packs. Returns `null` if no sample is locked,
   * or if the locks may be lost.
   */
  epoch(directory: string): object | null {
    return this.#holder.isInDoubt ? null : this.#epochs.get(directory) ?? null;
  }

  /** The number of samples that this process has locked. */
  get count(): number {
    let count = 0;
    for (const seeds of this.#held.values()) count += seeds.size;
    return count;
  }

  /** Returns whether {@linkcode acquire} would return `false` because of the lock of the sample or its block. */
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
    const epoch = this.#epochs.get(directory)!;
    if (--epoch.lockedBlocks === 0) this.#epochs.delete(directory);
    this.#holder.release({ directory, name });
  }

  /**
   * Acquires a block's lock unless another process changes the packs. That process first acquires the lock of
   * the packs and then looks for locked blocks, so one of the two always finds the other.
   */
  #acquireBlock(place: LockPath): boolean {
    if (!this.#holder.acquire(place)) return false;
    const { directory } = place;
    const isChanging = this.epoch(directory) === null &&
      this.#holder.isLocked({ directory, name: PACK_LOCK });
    if (isChanging) this.#holder.release(place);
    return !isChanging;
  }
}

/** Returns the name of the lock of a seed's block: `.seeds_00000-00015.lock`. */
function blockName(seed: number): string {
  const first = seed - seed % BLOCK_SEEDS;
  const [start, end] = [first, first + BLOCK_SEEDS - 1]
    .map((seed) => sampleFileName(seed).slice("seed_".length, -".json".length));
  return `.seeds_${start}-${end}.lock`;
}
