import { fs } from "../platform/deno/fs.ts";
import { system } from "../platform/deno/system.ts";
import type { OpenFile } from "../platform/fs.ts";
import { joinPath } from "../platform/join_path.ts";
import { removeIfPossible } from "../platform/remove_if_possible.ts";
import { cacheError } from "../cache_error.ts";
import { holderText, isLockStale } from "./is_lock_stale.ts";

/** How often an owner shows that it lives, in milliseconds. */
export const HEARTBEAT_MS = 500;

/** Without a beat for this long, others may soon have taken our claims over. */
const DOUBTFUL_AFTER_MS = 10_000;

const PREFIX = ".owner-";

/** More than an owner's file says, in bytes. */
const TEXT_BYTES = 1_024;

/** Where a claim is made. */
export interface LockPath {
  /** The directory of the prompt's samples. */
  readonly directory: string;
  /** The claim's name in it. */
  readonly name: string;
}

/**
 * This process, as the one that is at work on samples of a cache directory. It holds a file there,
 * locked or with the process's id, and with a beat; a claim is a hard link to it. So a claim is made at once or not at all, and
 * tells of its owner without another file to look up. All times are the file system's own, so
 * that machines with different clocks agree.
 */
export class LockHolder {
  readonly #id = crypto.randomUUID();
  readonly #root: string;
  readonly #path: string;
  readonly #mark = system.processId();
  #file: OpenFile;
  #text: Uint8Array = new Uint8Array();
  #lastHeartbeatMs = 0;
  #isInDoubt = false;

  /**
   * Becomes an owner in a cache directory, and removes what dead ones have left there.
   *
   * @throws {CacheError} Where the file cannot be made.
   */
  constructor(root: string) {
    this.#root = root;
    this.#path = joinPath(root, `${PREFIX}${this.#id}`);
    this.#file = this.#open();
    this.#sweep();
  }

  /** Shows that it lives. */
  heartbeat(): void {
    const now = performance.now();
    this.#isInDoubt ||= now - this.#lastHeartbeatMs > DOUBTFUL_AFTER_MS;
    this.#lastHeartbeatMs = now;
    try {
      this.#file.writeStart(this.#text);
    } catch {
      // A beat that fails is a beat that is missing; what cannot be written is said elsewhere.
    }
  }

  /**
   * Takes a claim, and returns whether it did: not where another owner holds it and lives.
   *
   * @throws {CacheError} Where no claim can be made there.
   */
  acquire(place: LockPath): boolean {
    const path = pathOf(place);
    try {
      return this.#link(place) || this.#clear(path) && this.#link(place);
    } catch (error) {
      throw cacheError("cannot link", path, error);
    }
  }

  /** Whether another owner holds a claim and lives. */
  isLocked(place: LockPath): boolean {
    const path = pathOf(place);
    try {
      return fs.lstat(path).isFile && !this.#isDead(path);
    } catch {
      return false;
    }
  }

  /** Gives a claim back. */
  release(place: LockPath): void {
    const path = pathOf(place);
    if (!this.#isInDoubt || this.#isOurs(path)) removeIfPossible(path);
  }

  /** Is no owner any more. Its claims are to be given back first. */
  close(): void {
    this.#file[Symbol.dispose]();
    removeIfPossible(this.#path);
  }

  #open(): OpenFile {
    try {
      fs.ensureDirectory(this.#root);
      this.#file?.[Symbol.dispose]();
      this.#file = fs.open(this.#path, { mode: "new" });
    } catch (error) {
      throw cacheError("cannot write", this.#path, error);
    }
    const text = holderText({
      id: this.#id,
      isLocked: this.#file.tryLock() ?? false,
      mark: this.#mark,
    });
    this.#text = new TextEncoder().encode(text);
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
   * Clears a dead owner's file away. What is renamed is looked at again: between the first look
   * and now another process may have cleared it and put its own there.
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
        if (name.startsWith(PREFIX) && !isNoFile(path)) this.#clear(path);
      }
    } catch {
      // What cannot be cleared away does no harm.
    }
  }
}

/** Whether something is there and no file: to open a pipe could block for ever. */
function isNoFile(path: string): boolean {
  try {
    return !fs.lstat(path).isFile;
  } catch {
    return false;
  }
}

/** What a file says; nothing where it cannot be read, as on Windows while another holds its lock. */
function startOf(file: OpenFile): string {
  try {
    return file.readStart(TEXT_BYTES);
  } catch {
    return "";
  }
}

function pathOf({ directory, name }: LockPath): string {
  // Windows too takes a slash; joining would cost a tenth of the link.
  return `${directory}/${name}`;
}
