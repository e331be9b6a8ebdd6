import { isHolderFile, readInFlight } from "../cache/holder_file.ts";
import { isRunStatusFile, parseRunStatus } from "../cache/run_status.ts";
import { samplesPerSecond } from "../client/progress_line.ts";
import { fs } from "../platform/deno/fs.ts";
import { joinPath } from "../platform/join_path.ts";
import { lstatIfExists } from "../platform/lstat_if_exists.ts";
import { RecentSamples } from "./recent_samples.ts";
import type { LiveRun, LiveState, RecentTotals } from "./view_data.ts";

/** A file without a change for this long, in milliseconds, belongs to a dead process. */
const DEAD_AFTER_MS = 10_000;

/** How many files are considered, and how many bytes are read of each: they may be anything. */
const MAX_FILES = 200;
const MAX_BYTES = 1_024;

/** A file that a running process keeps changing. */
interface Seen {
  readonly modifiedMs: number;
  /** When a change was seen, or `null` if none was. */
  readonly changedAtMs: number | null;
}

/** The processes and runs in progress, and the time of the file system. */
interface LiveLook extends Omit<LiveState, "lastMinute"> {
  /** The time of the last heartbeat. */
  readonly nowMs: number;
}

/**
 * Finds the processes and runs that sample into cache directories. They have files there, which they change
 * every second. Only a file that is seen to change shows that its process is alive, so files of killed
 * processes and different clocks do not mislead.
 */
export class LiveRuns {
  readonly #cacheDirs: readonly string[];
  readonly #now: () => number;
  readonly #recent = new RecentSamples();
  #lastMinute: RecentTotals | null = null;
  #seen = new Map<string, Seen>();
  #lookedAtMs = -Infinity;

  /** Starts without observations. `now` returns a time in milliseconds. */
  constructor(
    cacheDirs: readonly string[],
    now: () => number = () => performance.now(),
  ) {
    this.#cacheDirs = cacheDirs;
    this.#now = now;
  }

  /** Adds a sample that was written at a time of the file system, in Unix milliseconds. */
  addSample(writtenMs: number, costUsd: number | null): void {
    this.#recent.add(writtenMs, costUsd);
  }

  /** Sums up the samples of the last minute. Call it when all samples have been added. */
  sumUp(): void {
    const look = this.#look();
    this.#lastMinute = look && this.#recent.lastMinute(look.nowMs);
  }

  /** Returns the sampling in progress, as far as earlier calls show it, or `null` if there is none. */
  state(): LiveState | null {
    const look = this.#look();
    if (look === null) return null;
    const { processes, inFlight, runs } = look;
    return { processes, inFlight, lastMinute: this.#lastMinute, runs };
  }

  #look(): LiveLook | null {
    const atMs = this.#now();
    // A file that changed between calls may belong to a process that has ended since.
    if (atMs - this.#lookedAtMs > DEAD_AFTER_MS) this.#seen.clear();
    this.#lookedAtMs = atMs;
    const before = this.#seen;
    this.#seen = new Map();
    const runs: LiveRun[] = [];
    const inFlight: (number | null)[] = [];
    let nowMs = -Infinity;
    for (const { path, name } of this.#files()) {
      const facts = lstatIfExists(path);
      if (!facts?.isFile) continue;
      const { modifiedMs } = facts;
      const known = before.get(path);
      const hasChanged = known !== undefined &&
        known.modifiedMs !== modifiedMs;
      const changedAtMs = hasChanged ? atMs : known?.changedAtMs ?? null;
      this.#seen.set(path, { modifiedMs, changedAtMs });
      if (changedAtMs === null || atMs - changedAtMs > DEAD_AFTER_MS) continue;
      nowMs = Math.max(nowMs, modifiedMs);
      const text = startOf(path);
      if (isHolderFile(name)) inFlight.push(readInFlight(text));
      else runs.push(...liveRun(name, text));
    }
    if (inFlight.length === 0 && runs.length === 0) return null;
    return {
      processes: inFlight.length,
      inFlight: inFlight.includes(null)
        ? null
        : inFlight.reduce<number>((sum, count) => sum + count!, 0),
      runs: runs.sort((a, b) => a.id < b.id ? -1 : 1),
      nowMs,
    };
  }

  #files(): { readonly path: string; readonly name: string }[] {
    return this.#cacheDirs.flatMap((cacheDir) => {
      try {
        return fs.readDirectory(cacheDir)
          .filter(({ name }) => isHolderFile(name) || isRunStatusFile(name))
          .map(({ name }) => ({ name, path: joinPath(cacheDir, name) }));
      } catch {
        // Scans report what cannot be read.
        return [];
      }
    }).slice(0, MAX_FILES);
  }
}

function startOf(path: string): string {
  try {
    using file = fs.open(path, { mode: "read" });
    return file.readStart(MAX_BYTES);
  } catch {
    // It has disappeared, or Windows does not let others read a locked file.
    return "";
  }
}

function liveRun(name: string, text: string): LiveRun[] {
  const status = parseRunStatus(text);
  if (status === null) return [];
  const { elapsedMs: _, ...shown } = status;
  const { total, done, failed } = shown;
  const perSecond = samplesPerSecond({
    ...status,
    inFlight: 0,
    inFlightLimit: 0,
  });
  return [{
    id: name,
    ...shown,
    secondsLeft: total === null || perSecond <= 0
      ? null
      : Math.max(0, Math.ceil((total - done - failed) / perSecond)),
  }];
}
