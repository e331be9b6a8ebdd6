import type { CachedPrompt } from "../cache/cache_reader.ts";
import { directoriesIn, directoryModifiedMs } from "../platform/directories.ts";
import { joinPath } from "../platform/join_path.ts";

/** The current state of a prompt directory. */
export interface PromptDirectory {
  /** The path relative to the cache directory, with `/` as separator. */
  readonly directory: string;
  /** When a file was last added or removed, in Unix milliseconds. */
  readonly modified: number;
}

interface Listing {
  readonly modified: number;
  readonly isSettled: boolean;
  readonly names: readonly string[];
}

/**
 * The directory tree of a cache, for repeated scans: it lists a directory again only if its
 * modification time has changed.
 */
export class DirectoryTree {
  readonly #cacheDir: string;
  readonly #warn: (message: string) => void;
  readonly #listed = new Map<string, Listing>();

  /** Creates a tree; `warn` is called for directories that cannot be read and are skipped. */
  constructor(cacheDir: string, warn: (message: string) => void) {
    this.#cacheDir = cacheDir;
    this.#warn = warn;
  }

  /** Iterates over the prompt directories that exist. */
  *prompts(): Generator<PromptDirectory, void, undefined> {
    const cacheDir = this.#cacheDir;
    for (const model of this.#list(cacheDir)) {
      for (const parameters of this.#list(joinPath(cacheDir, model))) {
        const path = joinPath(cacheDir, model, parameters);
        for (const prefix of this.#list(path)) {
          for (const key of this.#list(joinPath(path, prefix))) {
            const modified = directoryModifiedMs(joinPath(path, prefix, key));
            if (modified === null) continue;
            const directory = [model, parameters, prefix, key].join("/");
            yield { directory, modified };
          }
        }
      }
    }
  }

  #list(path: string): readonly string[] {
    try {
      const modified = directoryModifiedMs(path);
      const known = this.#listed.get(path);
      if (modified === null) {
        this.#listed.delete(path);
        return [];
      }
      if (known?.modified === modified && known.isSettled) return known.names;
      const isSettled = settledAt(modified, Date.now()) !== null;
      const names = directoriesIn(path);
      this.#listed.set(path, { modified, isSettled, names });
      return names;
    } catch (error) {
      const reason = error instanceof Error ? error.message : error;
      this.#warn(`cannot read ${path}: ${reason}`);
      return [];
    }
  }
}

/** The path segments of a prompt directory. */
export function segmentsOf(directory: string): CachedPrompt["segments"] {
  const [model = "", parameters = "", prefix = "", key = ""] = directory
    .split("/");
  return [model, parameters, prefix, key];
}

/** File systems have coarse clocks: a second change this soon may leave the modification time as it is. */
const GRANULARITY_MS = 2_000;

/**
 * Returns a directory's modification time if any later change is certain to differ from it, or `null`
 * if the directory was read too soon after it.
 */
export function settledAt(modified: number, readAtMs: number): number | null {
  return modified < readAtMs - GRANULARITY_MS ? modified : null;
}
