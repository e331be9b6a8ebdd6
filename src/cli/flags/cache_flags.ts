import {
  type CachedEntry,
  type CachedFile,
  type CachedPrompt,
  type CachedSample,
  CacheReader,
} from "../../../mod.ts";
import { lstatIfExists } from "../../platform/lstat_if_exists.ts";
import { promptText } from "../data_set/prompt_text.ts";
import { InputError } from "../input_error.ts";
import type { FlagTable, FlagValues } from "./read_flags.ts";

/** The flags that select samples of a cache. */
export const CACHE_FILTER_FLAGS = {
  cacheDir: "paths",
  model: "text",
  parameters: "text",
  prompt: "text",
} as const satisfies FlagTable;

/** Their lines in `--help`. */
export const CACHE_FILTER_HELP =
  `      --cache-dir DIR   cache directory; repeat it to read several (default .rollouts)
  -m, --model MODEL     only models whose slug contains this
      --parameters P    only parameters whose directory name contains this, such as t0.7 or tok100
      --prompt TEXT     only prompts that contain this`;

/** The flags of the commands that select samples and print JSON if asked to. */
export const CACHE_FLAGS = {
  ...CACHE_FILTER_FLAGS,
  json: "boolean",
} as const satisfies FlagTable;

/** Their lines in `--help`. */
export const CACHE_HELP = `${CACHE_FILTER_HELP}
      --json            print JSON`;

/** Values of the flags that select samples. */
export type CacheFilter = FlagValues<typeof CACHE_FILTER_FLAGS>;

/** A prompt of a cache. */
export interface SelectedPrompt {
  /** The prompt's directory. */
  readonly prompt: CachedPrompt;
  /** The requested model, or the directory's name if no sample can be read. */
  readonly model: string;
  /** The prompt's text, or `null` if no sample can be read. */
  readonly text: string | null;
}

/** A sample of a cache. */
export interface SelectedSample {
  /** The directory of its prompt. */
  readonly prompt: CachedPrompt;
  readonly sample: CachedSample;
  /** The requested model. For a sample that cannot be read, that of the prompt's other samples. */
  readonly model: string;
}

/**
 * Opens the cache directories on the command line.
 *
 * @throws {InputError} If one does not exist.
 */
export function openCache(
  { cacheDir }: Pick<CacheFilter, "cacheDir">,
): CacheReader {
  for (const path of [cacheDir ?? []].flat()) {
    if (lstatIfExists(path) !== null) continue;
    throw new InputError(
      `the cache directory ${path} does not exist: check its path`,
    );
  }
  return new CacheReader(cacheDir);
}

/**
 * Yields the selected prompts, in the cache's order, once for each model that shares its directory.
 * Reads two samples of each, or all if there are two models. Skips directories without samples, which
 * failed requests leave behind.
 *
 * @param keyStart Selects prompts whose keys start with this.
 */
export function* selectPrompts(
  filter: CacheFilter,
  keyStart = "",
): Generator<SelectedPrompt, void, undefined> {
  const cache = openCache(filter);
  for (const prompt of cache.prompts()) {
    if (prompt.files.length === 0 || !prompt.key.startsWith(keyStart)) continue;
    if (!hasParameters(prompt, filter)) continue;
    for (const [head, files] of filesByModel(cache, prompt)) {
      if (isSelected(head, filter)) {
        yield { prompt: { ...prompt, files }, ...head };
      }
    }
  }
}

/**
 * Yields the selected samples, in the cache's order. Filters each sample separately, since two models
 * can share a directory.
 */
export function* selectSamples(
  filter: CacheFilter,
): Generator<SelectedSample, void, undefined> {
  const cache = openCache(filter);
  for (const prompt of cache.prompts()) {
    if (!hasParameters(prompt, filter)) continue;
    let head: EntryHead | undefined;
    for (const sample of cache.samples(prompt)) {
      const own = sample.entry === null
        ? head ??= headOf(cache, prompt)
        : entryHead(sample.entry);
      if (isSelected(own, filter)) yield { prompt, sample, model: own.model };
    }
  }
}

/** Returns whether a string contains a filter's value, ignoring case. */
export function matches(text: string, part: string | undefined): boolean {
  return part === undefined || text.toLowerCase().includes(part.toLowerCase());
}

/** Returns the files of a prompt's directory by their models. */
function filesByModel(
  cache: CacheReader,
  prompt: CachedPrompt,
): [EntryHead, CachedPrompt["files"]][] {
  const { files } = prompt;
  const head = headOf(cache, prompt);
  const last = files.length === 1
    ? head
    : headOf(cache, { ...prompt, files: files.slice(-1) });
  // A second name shows that two requests have samples of one seed.
  const isShared = files.some(({ digest }) => digest !== null);
  if (!isShared && (last.text === null || last.model === head.model)) {
    return [[head, files]];
  }
  const byModel = new Map<string, [EntryHead, CachedFile[]]>();
  for (const { entry, name } of cache.samples(prompt)) {
    const own = entry === null ? head : entryHead(entry);
    const group = byModel.get(own.model) ?? [own, []];
    group[1].push(...files.filter((file) => file.name === name));
    byModel.set(own.model, group);
  }
  return [...byModel.values()];
}

type EntryHead = Pick<SelectedPrompt, "model" | "text">;

/** Reads the model and the prompt from the first readable sample. */
function headOf(cache: CacheReader, prompt: CachedPrompt): EntryHead {
  for (const { entry } of cache.samples(prompt)) {
    if (entry !== null) return entryHead(entry);
  }
  return { model: prompt.segments[0], text: null };
}

function entryHead({ model, prompt }: CachedEntry): EntryHead {
  return { model, text: promptText(prompt) };
}

function hasParameters({ segments }: CachedPrompt, filter: CacheFilter) {
  return matches(segments[1], filter.parameters);
}

function isSelected({ model, text }: EntryHead, filter: CacheFilter): boolean {
  return matches(model, filter.model) && matches(text ?? "", filter.prompt);
}
