import { lstatIfExists } from "../../platform/lstat_if_exists.ts";
import { CacheReader } from "../../../mod.ts";
import {
  removeCacheFile,
  removeEmptyDirectories,
} from "../../cache/remove_cache_file.ts";
import type { Command, CommandInput } from "../command.ts";
import { promptText } from "../data_set/prompt_text.ts";
import { CACHE_FILTER_FLAGS, openCache } from "../flags/cache_flags.ts";
import type { FlagValues } from "../flags/read_flags.ts";
import { formatBytes } from "../output/format_values.ts";
import { UsageError } from "../usage_error.ts";
import { countNoun } from "../../util/count_noun.ts";

const FLAGS = {
  ...CACHE_FILTER_FLAGS,
  olderThan: "text",
  finishReason: "text",
  corrupt: "boolean",
  stale: "boolean",
  yes: "boolean",
} as const;

/** `rollouts cache prune`. */
export const command: Command<typeof FLAGS> = {
  help:
    `Removes samples from the cache. Removed samples have to be paid for again.

Usage: rollouts cache prune FILTERS [--yes]

Without --yes, only lists what would be removed. At least one filter is needed; a sample is removed if it
matches all of them.

      --yes                    remove
      --older-than AGE         older than this: 12h, 30d, or 8w
      --finish-reason REASON   with this finish reason, such as length
      --corrupt                that no program can read
      --stale                  not samples, but what killed runs left over an hour ago: locks and
                               their holders, unfinished and quarantined files, empty directories
  -m, --model MODEL            of this model: its full slug
      --parameters P           of these parameters: the full name of their directory
      --prompt TEXT            whose prompt contains this text
      --cache-dir DIR          cache directory (default .rollouts); of several, only the first

Examples:
  rollouts cache prune --finish-reason length --older-than 30d
  rollouts cache prune --stale --yes`,
  flags: FLAGS,
  configured: ["cacheDir"],
  run: prune,
};

/** A younger file may belong to a run in progress, and is not stale. */
const STALE_AFTER_MS = 3_600_000;

const UNITS_MS: Readonly<Record<string, number>> = {
  h: 3_600_000,
  d: 24 * 3_600_000,
  w: 7 * 24 * 3_600_000,
};

function prune({ flags, output }: CommandInput<typeof FLAGS>): number {
  const { cacheDir: _, yes, ...others } = flags;
  // --no-corrupt is not a filter: it would select everything.
  const filters = Object.values(others).filter((value) => value !== false);
  if (filters.length === 0) {
    throw new UsageError(
      "cache prune needs a filter, such as --older-than 30d",
    );
  }
  if (flags.stale && filters.length > 1) {
    throw new UsageError(
      "--stale and other filters exclude each other: omit one",
    );
  }
  const [cacheDir] = openCache(flags).cacheDirs;
  const cache = new CacheReader(cacheDir);
  const paths = flags.stale ? staleFiles(cache) : selectedFiles(cache, flags);
  let files = 0;
  let bytes = 0;
  for (const path of [...paths]) {
    const facts = lstatIfExists(path);
    // Another process has removed it.
    if (facts === null) continue;
    files++;
    bytes += facts.sizeBytes;
    output.print(path);
    if (yes) removeCacheFile(cacheDir!, path);
  }
  const directories = flags.stale ? staleDirectories(cache) : [];
  for (const path of directories) {
    output.print(path);
    if (yes) removeEmptyDirectories(cacheDir!, path);
  }
  const what = `${countNoun(files, "file")} of ${formatBytes(bytes)}` +
    (flags.stale
      ? `, ${
        countNoun(directories.length, "empty directory", "empty directories")
      }`
      : "");
  output.log(
    yes ? `removed ${what}` : `${what} to remove: run again with --yes`,
  );
  return 0;
}

function* staleFiles(
  cache: CacheReader,
): Generator<string, void, undefined> {
  for (const path of cache.staleFiles()) {
    const facts = lstatIfExists(path);
    if (facts?.isFile && Date.now() - facts.modifiedMs > STALE_AFTER_MS) {
      yield path;
    }
  }
}

/** Finds directories of prompts without files. A failed request leaves one behind. */
function staleDirectories(cache: CacheReader): string[] {
  return [...cache.prompts()]
    .filter(({ files, others, path }) =>
      files.length + others.length === 0 && ageOf(path) > STALE_AFTER_MS
    )
    .map(({ path }) => path);
}

/** Filters each sample separately, because two models can share a directory. */
function* selectedFiles(
  cache: CacheReader,
  { olderThan, finishReason, corrupt, model, prompt: part, parameters }:
    FlagValues<typeof FLAGS>,
): Generator<string, void, undefined> {
  const ageMs = olderThan === undefined ? null : duration(olderThan);
  for (const prompt of cache.prompts()) {
    if (parameters !== undefined && prompt.segments[1] !== parameters) continue;
    for (const { path, entry, isCorrupt } of cache.samples(prompt)) {
      const isSelected = (!corrupt || isCorrupt) &&
        (model === undefined || entry?.model === model) &&
        (part === undefined ||
          (entry !== null && promptText(entry.prompt).includes(part))) &&
        (finishReason === undefined ||
          entry?.response.finishReason === finishReason) &&
        (ageMs === null || ageOf(path) > ageMs);
      if (isSelected) yield path;
    }
  }
}

/** Returns the time since a file was written, in milliseconds. A missing file has a negative age. */
function ageOf(path: string): number {
  return Date.now() - (lstatIfExists(path)?.modifiedMs ?? Infinity);
}

function duration(text: string): number {
  const [, number, unit = ""] = /^(\d+)([hdw])$/.exec(text) ?? [];
  const unitMs = UNITS_MS[unit];
  if (number !== undefined && unitMs !== undefined) {
    return Number(number) * unitMs;
  }
  throw new UsageError(
    `--older-than must be a number with h, d, or w, such as 30d, got ${text}`,
  );
}
