import { fs } from "../platform/deno/fs.ts";
import { system } from "../platform/deno/system.ts";
import type { OpenFile } from "../platform/fs.ts";
import { joinPath } from "../platform/join_path.ts";
import { removeIfPossible } from "../platform/remove_if_possible.ts";
import { cacheDirectoryError, cacheError } from "../cache_error.ts";
import { HOLDER_PREFIX, inFlightLine, isHolderFile } from "./holder_file.ts";
import { holderText, isLockStale } from "./is_lock_stale.ts";

/** The time between two heartbeats, in milliseconds. */
export const HEARTBEAT_MS = 500;

/** After this time without a heartbeat, in milliseconds, others may have taken over our locks. */
const DOUBTFUL_AFTER_MS = 10_000;

/** More than the length of a holder's file, in bytes. */
const TEXT_BYTES = 1_024;

/** The place of a lock. */
export interface LockPath {
  /** The directory of the prompt's samples. */
  readonly directory: string;
  /** The name of the lock's file. */
  readonly name: string;
}

/**
 * Holds the locks of this process in a cache directory. The holder has a file there, which it keeps
 * locked and touches regularly, and which names the process. A lock is a hard link to that file: it
 * is created atomically, and its content identifies the holder. All times are those of the file
 * system, so that machines with different clocks agree.
 */
export class LockHolder {
  readonly #id = crypto.randomUUID();
  readonly #root: string;
  readonly #path: string;
  readonly #mark = system.processId();
  #file: OpenFile;
  #text = "";
  #lastHeartbeatMs = 0;
  #isInDoubt = false;

  /**
   * Creates the holder's file in a cache directory, and removes the files of dead holders.
   *
   * @throws {CacheError} If the file cannot be created.
   */
  constructor(root: string) {
    this.#root = root;
    this.#path = joinPath(root, `${HOLDER_PREFIX}${this.#id}`);
    this.#file = this.#open();
    this.#sweep();
  }

  /** Updates the time of the holder's file, and how many samples are in flight. */
  heartbeat(inFlight = 0): void {
    this.#checkHeartbeat();
    this.#lastHeartbeatMs = performance.now();
    try {
      const text = this.#text + inFlightLine(inFlight);
      this.#file.writeStart(new TextEncoder().encode(text));
    } catch {
      // A failed heartbeat counts as a missed one. Errors of writing are reported elsewhere.
    }
  }

  /**
   * Acquires a lock. Returns `false` if another holder that is not dead has it.
   *
   * @throws {CacheError} If no lock can be created there.
   */
  acquire(place: LockPath): boolean {
    const path = pathOf(place);
    try {
      return this.#link(place) || this.#clear(path) && this.#link(place);
    } catch (error) {
      throw cacheError("cannot link", path, error);
    }
  }

  /** Returns whether another holder that is not dead has a lock. */
  isLocked(place: LockPath): boolean {
    const path = pathOf(place);
    try {
      return fs.lstat(path).isFile && !this.#isDead(path);
    } catch {
      return false;
    }
  }

  /** Whether others may have taken over locks of this holder, because it was suspended. */
  get isInDoubt(): boolean {
    this.#checkHeartbeat();
    return this.#isInDoubt;
  }

  /** Returns whether this holder still has a lock that it has acquired. */
  isOwner(place: LockPath): boolean {
    return !this.isInDoubt || this.#isOurs(pathOf(place));
  }

  /** Releases a lock. */
  release(place: LockPath): void {
    if (this.isOwner(place)) removeIfPossible(pathOf(place));
  }

  /** Removes the holder's file. Release its locks first. */
  close(): void {
    this.#file[Symbol.dispose]();
    removeIfPossible(this.#path);
  }

  /** The process may have been suspended, and its next heartbeat may be due. */
  #checkHeartbeat(): void {
    const sinceHeartbeatMs = performance.now() - this.#lastHeartbeatMs;
    this.#isInDoubt ||= sinceHeartbeatMs > DOUBTFUL_AFTER_MS;
  }

  #open(): OpenFile {
    try {
      fs.ensureDirectory(this.#root);
      this.#file?.[Symbol.dispose]();
      this.#file = fs.open(this.#path, { mode: "new" });
    } catch (error) {
      throw cacheDirectoryError("write into", this.#root, error);
    }
    this.#text = holderText({
      id: this.#id,
      isLocked: this.#file.tryLock() ?? false,
      mark: this.#mark,
    });
    this.#lastHeartbeatMs = performance.now();
    this.heartbeat();
    return this.#file;
  }

  #link(place: LockPath): boolean {
    const path = pathOf(place);
    const link = () => fs.link(this.#path, path);
    try {
      try {
        link();
      } catch (error) {
        if (!fs.isNotFound(error)) throw error;
        // The cache, or a part of it, was removed during the run.
        fs.ensureDirectory(place.directory);
        if (!this.#isThere()) this.#open();
        link();
      }
      return true;
    } catch (error) {
      if (fs.isAlreadyExists(error)) return false;
      throw error;
    }
  }

  #isThere(): boolean {
    try {
      return fs.lstat(this.#path).isFile;
    } catch {
      return false;
    }
  }

  #isOurs(path: string): boolean {
    try {
      return fs.lstat(path).isFile &&
        fs.readText(path).startsWith(this.#id);
    } catch {
      return false;
    }
  }

  /**
   * Removes the file of a dead holder. Renames it first and checks it again, because another
   * process may have replaced it since the first check.
   */
  #clear(path: string): boolean {
    if (isNoFile(path)) throw new Error("it is not a file");
    if (!this.#isDead(path)) return false;
    const aside = `${path}-${this.#id}`;
    try {
      fs.rename(path, aside);
    } catch (error) {
      if (fs.isNotFound(error)) return true;
      throw error;
    }
    const wasDead = this.#isDead(aside);
    if (!wasDead) {
      try {
        fs.link(aside, path);
      } catch {
        // A third process was faster: at worst the sample is requested twice.
      }
    }
    removeIfPossible(aside);
    return wasDead;
  }

  #isDead(path: string): boolean {
    try {
      using file = fs.open(path, { mode: "change" });
      const isFree = file.tryLock();
      const lastHeartbeatMs = file.modifiedMs();
      const nowMs = this.#file.modifiedMs();
      if (lastHeartbeatMs === null || nowMs === null) return false;
      const sinceHeartbeatMs = nowMs - lastHeartbeatMs;
      const readText = () => startOf(file);
      return isLockStale({ readText, isFree, sinceHeartbeatMs }, {
        mark: this.#mark,
        hasEnded: system.hasExited,
      });
    } catch (error) {
      if (fs.isNotFound(error)) return false;
      throw error;
    }
  }

  #sweep(): void {
    try {
      for (const { name } of fs.readDirectory(this.#root)) {
        const path = joinPath(this.#root, name);
        if (isHolderFile(name) && !isNoFile(path)) this.#clear(path);
      }
    } catch {
      // Files that cannot be removed do no harm.
    }
  }
}

/** Returns whether a path exists and is not a file. Opening a pipe could block forever. */
function isNoFile(path: string): boolean {
  try {
    return !fs.lstat(path).isFile;
  } catch {
    return false;
  }
}

/** Reads the start of a file. Returns an empty string if it cannot be read, as on Windows while it is locked. */
function startOf(file: OpenFile): string {
  try {
    return file.readStart(TEXT_BYTES);
  } catch {
    return "";
  }
}

function pathOf({ directory, name }: LockPath): string {
  // Windows accepts a slash too, and joining would add a tenth to the time of linking.
  return `${directory}/${name}`;
}
