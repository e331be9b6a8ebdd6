import { ensureDirSync } from "@std/fs/ensure-dir";
import { joinPath } from "../runtime/join_path.ts";
import { cacheError } from "./cache_error.ts";

/** How often an owner shows that it lives, in milliseconds. */
export const BEAT_MS = 500;

/**
 * How old the last beat of an owner must be before it counts as dead, in milliseconds: where its
 * lock is free, which only a network's file system may say of one that lives; and where the file
 * system knows no locks, or the owner could not take one.
 */
const DEAD_AFTER_MS = { free: 2_000, unknown: 30_000 } as const;

const PREFIX = ".owner-";

/**
 * This process, as the one that is at work on samples of a cache directory. It holds a file there,
 * locked, with a beat; a claim is a hard link to it. So a claim is made at once or not at all, and
 * tells of its owner without another file to look up. All times are the file system's own, so
 * that machines with different clocks agree.
 */
export class ClaimOwner {
  readonly #id = crypto.randomUUID();
  readonly #path: string;
  readonly #file: Deno.FsFile;
  readonly #text: Uint8Array;

  /**
   * Becomes an owner in a cache directory, and removes what dead ones have left there.
   *
   * @throws {CacheError} Where the file cannot be made.
   */
  constructor(root: string) {
    this.#path = joinPath(root, `${PREFIX}${this.#id}`);
    try {
      ensureDirSync(root);
      this.#file = Deno.openSync(this.#path, {
        createNew: true,
        read: true,
        write: true,
      });
    } catch (error) {
      throw cacheError("cannot write", this.#path, error);
    }
    const isLocked = tryLock(this.#file) === true;
    const about = { pid: Deno.pid, since: new Date().toISOString(), isLocked };
    this.#text = new TextEncoder().encode(`${JSON.stringify(about)}\n`);
    this.beat();
    this.#sweep(root);
  }

  /** Shows that it lives. */
  beat(): void {
    try {
      this.#file.seekSync(0, Deno.SeekMode.Start);
      this.#file.writeSync(this.#text);
    } catch {
      // A beat that fails is a beat that is missing; what cannot be written is said elsewhere.
    }
  }

  /**
   * Takes the claim of that path, and returns whether it did: not where another owner holds it and lives.
   *
   * @throws {CacheError} Where no claim can be made there.
   */
  take(path: string): boolean {
    try {
      return this.#link(path) || this.#clear(path) && this.#link(path);
    } catch (error) {
      throw cacheError("cannot link", path, error);
    }
  }

  /** Gives a claim back. */
  release(path: string): void {
    remove(path);
  }

  /** Is no owner any more. Its claims are to be given back first. */
  close(): void {
    this.#file.close();
    remove(this.#path);
  }

  #link(path: string): boolean {
    try {
      Deno.linkSync(this.#path, path);
      return true;
    } catch (error) {
      if (error instanceof Deno.errors.AlreadyExists) return false;
      throw error;
    }
  }

  /**
   * Clears a dead owner's file away. What is renamed is looked at again: between the first look
   * and now another process may have cleared it and put its own there.
   */
  #clear(path: string): boolean {
    if (!this.#isDead(path)) return false;
    const aside = `${path}-${this.#id}`;
    try {
      Deno.renameSync(path, aside);
    } catch (error) {
      if (error instanceof Deno.errors.NotFound) return true;
      throw error;
    }
    const wasDead = this.#isDead(aside);
    if (!wasDead) {
      try {
        Deno.linkSync(aside, path);
      } catch {
        // A third process was faster: at worst the sample is requested twice.
      }
    }
    remove(aside);
    return wasDead;
  }

  #isDead(path: string): boolean {
    try {
      using file = Deno.openSync(path, { read: true, write: true });
      const isFree = tryLock(file);
      if (isFree === false) return false;
      const { mtime } = file.statSync();
      const now = this.#file.statSync().mtime;
      if (mtime === null || now === null) return false;
      const knows = isFree === true && wasLocked(path);
      const limitMs = knows ? DEAD_AFTER_MS.free : DEAD_AFTER_MS.unknown;
      return now.getTime() - mtime.getTime() > limitMs;
    } catch (error) {
      if (error instanceof Deno.errors.NotFound) return false;
      throw error;
    }
  }

  #sweep(root: string): void {
    try {
      for (const { name } of Deno.readDirSync(root)) {
        if (name.startsWith(PREFIX)) this.#clear(joinPath(root, name));
      }
    } catch {
      // What cannot be cleared away does no harm.
    }
  }
}

/** Whether a file's lock could be taken; null where the file system knows no locks. */
function tryLock(file: Deno.FsFile): boolean | null {
  try {
    return file.tryLockSync(true);
  } catch {
    return null;
  }
}

/** Whether an owner could lock its file, by its own word. */
function wasLocked(path: string): boolean {
  return Deno.readTextFileSync(path).includes('"isLocked":true');
}

function remove(path: string): void {
  try {
    Deno.removeSync(path);
  } catch {
    // It is gone, or stays behind as a dead owner's does.
  }
}
