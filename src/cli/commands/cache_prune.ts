import type { CachedSample, CacheReader } from "../../../mod.ts";
import {
  fileFacts,
  removeCacheFile,
  removeEmptyDirectories,
} from "../../platform/cache_files.ts";
import { CACHE_ALIASES, CACHE_FLAGS, openCache } from "../flags/cache_flags.ts";
import type { Command } from "../command.ts";
import { promptText } from "../data_set/prompt_text.ts";
import type { ReadFlags } from "../flags/read_flags.ts";
import { UsageError } from "../usage_error.ts";
import { escapeControlChars } from "../../util/escape_control_chars.ts";

const { json: _, ...FLAGS } = CACHE_FLAGS;

const HELP = `Removes samples from the cache; what was paid for them is lost.

Usage: rollouts cache prune FILTERS [--yes]

Without --yes nothing is removed, and what would be is shown. At least one filter is needed; a sample
goes where all of them say so.

      --yes                    removes
      --older-than 30d         written so long ago: 12h, 30d, 8w
      --finish-reason REASON   such as length
      --corrupt                broken: no program can use it
      --left-overs             not samples, but what killed runs have left for over an hour:
                               claims, their owners, unfinished files, corrupt ones set aside,
                               and empty directories of prompts
  -m, --model MODEL            of this model: its whole slug
      --parameters P           of these parameters: the whole name of their directory
      --prompt TEXT            whose prompt has this in it
      --cache-dir DIR          the cache directory (.rollouts)

Example: rollouts cache prune --finish-reason length --older-than 30d`;

/** `rollouts cache prune`. */
export const CACHE_PRUNE_COMMAND: Command = {
  help: HELP,
  flags: {
    ...FLAGS,
    olderThan: "text",
    finishReason: "text",
    corrupt: "boolean",
    leftOvers: "boolean",
    yes: "boolean",
  },
  aliases: CACHE_ALIASES,
  configured: ["cacheDir"],
  run: prune,
};

/** Left by a run that may still be under way, a file is not touched. */
const LEFT_FOR_MS = 3_600_000;

const UNITS_MS: Readonly<Record<string, number>> = {
  h: 3_600_000,
  d: 24 * 3_600_000,
  w: 7 * 24 * 3_600_000,
};

async function prune(given: ReadFlags): Promise<number> {
  const { cacheDir: _, yes, ...flags } = given.flags;
  // --no-corrupt is no filter: it would choose everything.
  const filters = Object.fromEntries(
    Object.entries(flags).filter(([, value]) =>
      value !== undefined && value !== false
    ),
  );
  if (Object.keys(filters).length === 0) {
    throw new UsageError("prune needs a filter, such as --older-than 30d");
  }
  if (filters.leftOvers && Object.keys(filters).length > 1) {
    throw new UsageError("--left-overs goes with no other filter");
  }
  const cache = openCache(given);
  let files = 0;
  let bytes = 0;
  const paths = filters.leftOvers
    ? oldLeftOvers(cache)
    : chosenFiles(cache, given);
  for (const path of [...paths]) {
    const facts = fileFacts(path);
    // It has vanished by itself.
    if (facts === null) continue;
    files++;
    bytes += facts.sizeBytes;
    console.log(escapeControlChars(path));
    if (yes) removeCacheFile(cache.cacheDir, path);
  }
  const directories = filters.leftOvers ? oldEmptyDirectories(cache) : [];
  for (const path of directories) {
    console.log(escapeControlChars(path));
    if (yes) removeEmptyDirectories(cache.cacheDir, path);
  }
  const what = `${files} files of ${(bytes / 1e6).toFixed(1)} MB` +
    (filters.leftOvers ? `, ${directories.length} empty directories` : "");
  console.error(
    yes
      ? `rollouts: ${what} are removed`
      : `rollouts: ${what} would be removed by --yes`,
  );
  return await Promise.resolve(0);
}

function* oldLeftOvers(
  cache: CacheReader,
): Generator<string, void, undefined> {
  for (const path of cache.staleFiles()) {
    const facts = fileFacts(path);
    if (facts?.isFile && Date.now() - facts.modifiedMs > LEFT_FOR_MS) {
      yield path;
    }
  }
}

/** Directories of prompts that hold nothing: a request that failed leaves one. */
function oldEmptyDirectories(cache: CacheReader): string[] {
  return [...cache.prompts()]
    .filter(({ files, others, path }) =>
      files.length + others.length === 0 && ageOf(path) > LEFT_FOR_MS
    )
    .map(({ path }) => path);
}

function* chosenFiles(
  cache: CacheReader,
  given: ReadFlags,
): Generator<string, void, undefined> {
  const isChosen = sampleFilter(given);
  for (const prompt of cache.prompts()) {
    for (const sample of cache.samples(prompt)) {
      if (isChosen(sample, prompt.segments[1])) yield sample.path;
    }
  }
}

/** Each sample is held against the filters by itself: two models may share a directory. */
function sampleFilter(
  { flags }: ReadFlags,
): (sample: CachedSample, place: string) => boolean {
  const { olderThan, finishReason, corrupt, model, prompt, parameters } = flags;
  const ageMs = olderThan === undefined ? null : duration(String(olderThan));
  return ({ path, entry, isCorrupt }, parametersName) =>
    (!corrupt || isCorrupt) &&
    (model === undefined || entry?.model === model) &&
    (prompt === undefined ||
      (entry !== null && promptText(entry.prompt).includes(String(prompt)))) &&
    (parameters === undefined || parametersName === parameters) &&
    (finishReason === undefined ||
      entry?.response.finishReason === finishReason) &&
    (ageMs === null || ageOf(path) > ageMs);
}

/** How long ago a file was written, in milliseconds; what has vanished has no age. */
function ageOf(path: string): number {
  return Date.now() - (fileFacts(path)?.modifiedMs ?? Infinity);
}

function duration(text: string): number {
  const [, number, unit = ""] = /^(\d+)([hdw])$/.exec(text) ?? [];
  const unitMs = UNITS_MS[unit];
  if (number !== undefined && unitMs !== undefined) {
    return Number(number) * unitMs;
  }
  throw new UsageError(
    `--older-than must be a number and h, d or w, such as 30d, got ${text}`,
  );
}
