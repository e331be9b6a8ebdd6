import { directoriesIn, directoryModifiedMs } from "../platform/directories.ts";
import { joinPath } from "../platform/join_path.ts";

/** The directory of a prompt, as it is now. */
export interface PromptDirectory {
  /** The names that lead to it from the cache directory, with `/` between them. */
  readonly directory: string;
  /** When a file was put into it or taken out, in Unix milliseconds. */
  readonly modified: number;
}

/**
 * The directories of a cache, which are looked at again and again: a directory is listed only where
 * something has been put into it since, or taken out.
 */
export class DirectoryTree {
  readonly #cacheDir: string;
  readonly #tell: (message: string) => void;
  readonly #listed = new Map<string, Listing>();

  /** Makes it; nothing is read yet. `tell` says what cannot be read, and is left out. */
  constructor(
    cacheDir: string,
    { tell }: { readonly tell: (message: string) => void },
  ) {
    this.#cacheDir = cacheDir;
    this.#tell = tell;
  }

  /** The directories of prompts that are there. It may be left at any time to do something else. */
  *prompts(): Generator<PromptDirectory, void, undefined> {
    const cacheDir = this.#cacheDir;
    for (const model of this.#list(cacheDir)) {
      for (const parameters of this.#list(joinPath(cacheDir, model))) {
        const path = joinPath(cacheDir, model, parameters);
        for (const prefix of this.#list(path)) {
          for (const key of this.#list(joinPath(path, prefix))) {
            const modified = directoryModifiedMs(joinPath(path, prefix, key));
            if (modified === null) continue;
            yield {
              directory: [model, parameters, prefix, key].join("/"),
              modified,
            };
          }
        }
      }
    }
  }

  #list(path: string): readonly string[] {
    try {
      return this.#namesIn(path);
    } catch (error) {
      const reason = error instanceof Error ? error.message : error;
      this.#tell(`cannot read ${path}: ${reason}`);
      return [];
    }
  }

  #namesIn(path: string): readonly string[] {
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
  }
}

interface Listing {
  readonly modified: number;
  readonly isSettled: boolean;
  readonly names: readonly string[];
}

/** Clocks of file systems are coarse: what is written so soon after may leave the time as it is. */
const GRANULARITY_MS = 2_000;

/**
 * The time at which a directory was written, if it is told apart from that of any later write; null
 * where it is too near to when the directory is read.
 */
export function settledAt(modified: number, readAtMs: number): number | null {
  return modified < readAtMs - GRANULARITY_MS ? modified : null;
}
