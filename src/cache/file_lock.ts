import { CacheError } from "../errors.ts";
import type { SampleLock } from "../sample_lock.ts";
import type { Log } from "../util/log.ts";
import { isOutOfFiles } from "../util/is_out_of_files.ts";
import type { HeldLockHolder } from "./lock_holder_registry.ts";
import type { LockPath } from "./lock_holder.ts";

/** Options of {@linkcode FileLock}. */
export interface FileLockOptions {
  /** Holds the locks of this process. */
  readonly held: HeldLockHolder;
  /** The lock's file. */
  readonly path: LockPath;
  /** Receives a warning if no lock can be created. */
  readonly log: Log;
}

/** The lock of a sample among processes that share a cache directory: a file next to the sample's. */
export class FileLock implements SampleLock {
  readonly #options: FileLockOptions;
  #isHeld = false;

  constructor(options: FileLockOptions) {
    this.#options = options;
  }

  peek(): "free" | "locked" {
    const { held: { holder }, path } = this.#options;
    return holder.isLocked(path) ? "locked" : "free";
  }

  /** Acquires the lock. If no lock can be created, the sample is requested without one. */
  acquire(): "acquired" | "locked" {
    const { held: { holder }, path, log } = this.#options;
    try {
      this.#isHeld ||= holder.acquire(path);
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
    const { held: { holder }, path } = this.#options;
    if (this.#isHeld) holder.release(path);
    this.#isHeld = false;
  }

  [Symbol.dispose](): void {
    this.release();
    this.#options.held[Symbol.dispose]();
  }
}
