import type { CachedPrompt } from "../cache/cache_reader.ts";
import { directoriesIn, directoryModifiedMs } from "../platform/directories.ts";
import { joinPath } from "../platform/join_path.ts";

/** The current state of a prompt's directories. */
export interface PromptDirectory {
  /** The path relative to a cache directory, with `/` as separator. */
  readonly directory: string;
  /**
   * When a file was last added or removed, in Unix milliseconds: the mean of all cache directories that
   * have the prompt, so that each change shows.
   */
  readonly modified: number;
  /** The time of the last change in any of them. */
  readonly latest: number;
}

interface Listing {
  readonly modified: number;
  readonly isSettled: boolean;
  readonly names: readonly string[];
}

/**
 * The directory tree of cache directories, for repeated scans: it lists a directory again only if its
 * modification time has changed.
 */
export class DirectoryTree {
  readonly #cacheDirs: readonly string[];
  readonly #warn: (message: string) => void;
  readonly #listed = new Map<string, Listing>();

  /** Creates a tree; `warn` is called for directories that cannot be read and are skipped. */
  constructor(
    cacheDirs: readonly string[],
    warn: (message: string) => void,
  ) {
    this.#cacheDirs = cacheDirs;
    this.#warn = warn;
  }

  /** Iterates over the prompt directories that exist. */
  *prompts(): Generator<PromptDirectory, void, undefined> {
    for (const model of this.#names()) {
      for (const parameters of this.#names(model)) {
        for (const prefix of this.#names(model, parameters)) {
          for (const key of this.#names(model, parameters, prefix)) {
            const directory = [model, parameters, prefix, key].join("/");
            const found = promptDirectory(this.#cacheDirs, directory);
            if (found !== null) yield found;
          }
        }
      }
    }
  }

  #names(...segments: readonly string[]): Iterable<string> {
    const names = this.#cacheDirs
      .map((cacheDir) => this.#list(joinPath(cacheDir, ...segments)));
    return names.length === 1 ? names[0]! : new Set(names.flat());
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
      const isSettled = hasSettled(modified);
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

/** Whether any later change of a directory that is read now is certain to have another time. */
export function hasSettled(modified: number): boolean {
  return modified < Date.now() - GRANULARITY_MS;
}

/** Returns the state of a prompt's directories, or `null` if no cache directory has it. */
export function promptDirectory(
  cacheDirs: readonly string[],
  directory: string,
): PromptDirectory | null {
  const times = cacheDirs
    .map((cacheDir) => directoryModifiedMs(joinPath(cacheDir, directory)))
    .filter((modified) => modified !== null);
  if (times.length === 0) return null;
  const modified = times.reduce((sum, time) => sum + time) / times.length;
  return { directory, modified, latest: Math.max(...times) };
}
