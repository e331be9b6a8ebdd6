import { CacheError } from "../errors.ts";
import type { SampleLock } from "../sample_lock.ts";
import type { LockedSample } from "./block_locks.ts";
import type { Log } from "../util/log.ts";
import { isOutOfFiles } from "../util/is_out_of_files.ts";
import type { HeldLockHolder } from "./lock_holder_registry.ts";

/** Options of {@linkcode FileLock}. */
export interface FileLockOptions {
  /** Holds the locks of this process. */
  readonly held: HeldLockHolder;
  readonly sample: LockedSample;
  /** Receives a warning if no lock can be created. */
  readonly log: Log;
}

/** The lock of a sample among processes that share a cache directory. */
export class FileLock implements SampleLock {
  readonly #options: FileLockOptions;
  #isHeld = false;

  constructor(options: FileLockOptions) {
    this.#options = options;
  }

  peek(): "free" | "locked" {
    const { held: { locks }, sample } = this.#options;
    return locks.isLocked(sample) ? "locked" : "free";
  }

  /** Acquires the lock. If no lock can be created, the sample is requested without one. */
  acquire(): "acquired" | "locked" {
    const { held: { locks }, sample, log } = this.#options;
    try {
      this.#isHeld ||= locks.acquire(sample);
      return this.#isHeld ? "acquired" : "locked";
    } catch (error) {
      if (!(error instanceof CacheError)) throw error;
      // A later call checks whether another process holds it.
      if (isOutOfFiles(error)) return "locked";
      log.warn(
        `samples are requested without locks, so another process may request them too: ${error.message}`,
        "locks",
      );
      return "acquired";
    }
  }

  release(): void {
    const { held: { locks }, sample } = this.#options;
    if (this.#isHeld) locks.release(sample);
    this.#isHeld = false;
  }

  [Symbol.dispose](): void {
    this.release();
    this.#options.held[Symbol.dispose]();
  }
}
