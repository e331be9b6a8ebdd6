import { fs } from "../../platform/deno/fs.ts";
import { lstatIfExists } from "../../platform/lstat_if_exists.ts";
import {
  type CachedPrompt,
  type CachedSample,
  CacheReader,
} from "../../../mod.ts";
import { readPackName } from "../../cache/pack_name.ts";
import type { LeftFile } from "../../cache/pack_result.ts";
import { PackWriter } from "../../cache/pack_writer.ts";
import {
  removeCacheFile,
  removeEmptyDirectories,
} from "../../cache/remove_cache_file.ts";
import type { Command, CommandInput } from "../command.ts";
import { promptText } from "../data_set/prompt_text.ts";
import {
  CACHE_FILTER_FLAGS,
  openCache,
  selectPrompts,
} from "../flags/cache_flags.ts";
import type { FlagValues } from "../flags/read_flags.ts";
import { readAge } from "../flags/read_age.ts";
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
      --stale                  not samples, but files that killed runs left over an hour ago: locks and
                               their holders, run states, unfinished and quarantined files, empty
                               directories
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
  let files = 0;
  let bytes = 0;
  let isComplete = true;
  const list = (shownPath: string, sizeBytes: number) => {
    files++;
    bytes += sizeBytes;
    output.print(shownPath);
  };
  for (const path of flags.stale ? [...staleFiles(cache)] : []) {
    const facts = lstatIfExists(path);
    // Another process has removed it.
    if (facts === null) continue;
    list(path, facts.sizeBytes);
    if (yes) removeCacheFile(cacheDir!, path);
  }
  for (const prompt of flags.stale ? [] : cache.prompts()) {
    for (const { reason } of prompt.unreadable) output.log(reason);
    const samples = selectedSamples(cache, prompt, flags);
    for (const { name, path, isPacked, sizeBytes } of samples) {
      list(isPacked ? `${path}: ${name}` : path, sizeBytes);
    }
    if (!yes || samples.length === 0) continue;
    for (const { reason } of removeSamples(cacheDir!, prompt, samples)) {
      isComplete = false;
      output.log(reason);
    }
  }
  const directories = flags.stale ? staleDirectories(cache) : [];
  for (const path of directories) {
    output.print(path);
    if (yes) removeEmptyDirectories(cacheDir!, path);
  }
  if (files + directories.length === 0) {
    const slug = flags.stale ? null : fullSlug(flags);
    const hint = slug === null
      ? ""
      : `; --model needs the full slug, such as ${slug}`;
    output.log(`nothing to remove${hint}`);
    return 0;
  }
  const what = `${countNoun(files, "file")} of ${formatBytes(bytes)}` +
    (flags.stale
      ? `, ${
        countNoun(directories.length, "empty directory", "empty directories")
      }`
      : "");
  output.log(
    !yes
      ? `${what} to remove: run again with --yes`
      : isComplete
      ? `removed ${what}`
      : `removed only part of ${what}`,
  );
  return isComplete ? 0 : 1;
}

/** Returns a model that contains `--model`, or `null` if one is equal to it or none contains it. */
function fullSlug(
  { cacheDir, model }: FlagValues<typeof FLAGS>,
): string | null {
  if (model === undefined) return null;
  const slugs = new Set<string>();
  for (const { model: slug } of selectPrompts({ cacheDir, model })) {
    slugs.add(slug);
  }
  return slugs.has(model) ? null : [...slugs][0] ?? null;
}

/** Removes samples of a prompt, wherever they are. Returns what could not be removed. */
function removeSamples(
  cacheDir: string,
  { segments, path }: CachedPrompt,
  samples: readonly CachedSample[],
): readonly LeftFile[] {
  // A file may hide a packed sample of the same name, which must not reappear.
  const names = samples.map(({ name }) => name);
  const hasPacks = fs.readDirectory(path)
    .some(({ name }) => readPackName(name) !== null);
  if (hasPacks) {
    using packs = new PackWriter(cacheDir);
    const { left } = packs.remove(segments, names);
    if (left.length > 0) return left;
  }
  for (const { path, isPacked } of samples) {
    if (!isPacked) removeCacheFile(cacheDir, path);
  }
  removeEmptyDirectories(cacheDir, path);
  return [];
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
    .filter(({ files, others, unreadable, path }) =>
      files.length + others.length + unreadable.length === 0 &&
      ageOf(path) > STALE_AFTER_MS
    )
    .map(({ path }) => path);
}

/** Filters each sample separately, because two models can share a directory. */
function selectedSamples(
  cache: CacheReader,
  prompt: CachedPrompt,
  { olderThan, finishReason, corrupt, model, prompt: part, parameters }:
    FlagValues<typeof FLAGS>,
): CachedSample[] {
  const ageMs = olderThan === undefined ? null : readAge(olderThan);
  if (parameters !== undefined && prompt.segments[1] !== parameters) return [];
  const selected: CachedSample[] = [];
  for (const sample of cache.samples({ ...prompt, unreadable: [] })) {
    const { entry, isCorrupt } = sample;
    const isSelected = (!corrupt || isCorrupt) &&
      (model === undefined || entry?.model === model) &&
      (part === undefined ||
        (entry !== null && promptText(entry.prompt).includes(part))) &&
      (finishReason === undefined ||
        entry?.response.finishReason === finishReason) &&
      (ageMs === null || ageOfSample(sample) > ageMs);
    if (isSelected) selected.push(sample);
  }
  return selected;
}

/** Returns the age of a sample, in milliseconds. The time of a pack is not that of its samples. */
function ageOfSample({ path, entry, isPacked }: CachedSample): number {
  const created = entry?.response.created ?? 0;
  return isPacked && created > 0 ? Date.now() - created * 1_000 : ageOf(path);
}

/** Returns the time since a file was written, in milliseconds. A missing file has a negative age. */
function ageOf(path: string): number {
  return Date.now() - (lstatIfExists(path)?.modifiedMs ?? Infinity);
}
