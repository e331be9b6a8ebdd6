import {
  type CachedEntry,
  type CachedPrompt,
  type CachedSample,
  CacheReader,
} from "../../../mod.ts";
import { fileFacts } from "../../platform/cache_files.ts";
import { InputError } from "../input_error.ts";
import { promptText } from "../data_set/prompt_text.ts";
import type { FlagKind } from "../../options/value_type.ts";
import type { ReadFlags } from "./read_flags.ts";
import { UsageError } from "../usage_error.ts";

/** The flags that choose samples of a cache. */
export const CACHE_FLAGS = {
  cacheDir: "text",
  model: "text",
  parameters: "text",
  prompt: "text",
  json: "boolean",
} as const satisfies Readonly<Record<string, FlagKind>>;

/** The same, as `--help` shows them. */
export const CACHE_HELP =
  `      --cache-dir DIR   the cache directory (.rollouts)
  -m, --model MODEL     only models whose slug has this in it
      --parameters P    only parameters that have this in their directory's name: t0.7, tok100
      --prompt TEXT     only prompts that have this in them
      --json            as JSON`;

/** Short forms of the flags. */
export const CACHE_ALIASES = { m: "model" } as const;

/** A prompt of a cache, with what its first readable sample says of it. */
export interface ChosenPrompt {
  /** The prompt's directory. */
  readonly prompt: CachedPrompt;
  /** The model that was asked for; the directory's name where no sample says it. */
  readonly model: string;
  /** The prompt's text; null where no sample says it. */
  readonly text: string | null;
}

/** A sample of a cache, and the prompt whose directory it is in. */
export interface ChosenSample {
  /** The prompt's directory. */
  readonly prompt: CachedPrompt;
  /** The sample. */
  readonly sample: CachedSample;
  /** The model that was asked for; where the sample does not say it, that of its neighbours. */
  readonly model: string;
}

/**
 * The cache directory on the command line.
 *
 * @throws {InputError} Where it does not exist.
 */
export function openCache({ flags }: ReadFlags): CacheReader {
  const { cacheDir } = flags as { readonly cacheDir?: string };
  if (cacheDir !== undefined && fileFacts(cacheDir) === null) {
    throw new InputError(`there is no cache directory ${cacheDir}`);
  }
  return new CacheReader(cacheDir);
}

/**
 * The prompts that the flags choose, in the cache's order. Only one sample of each is read. A
 * directory without samples is no prompt: a request that failed leaves one.
 */
export function* chosenPrompts(
  given: ReadFlags,
): Generator<ChosenPrompt, void, undefined> {
  const cache = openCache(given);
  for (const prompt of cache.prompts()) {
    if (prompt.files.length === 0 || !hasParameters(prompt, given)) continue;
    const head = headOf(cache, prompt);
    if (isWanted(head, given)) yield { prompt, ...head };
  }
}

/**
 * The samples that the flags choose, in the cache's order. Each is held against them by itself: two
 * models may share a directory.
 */
export function* chosenSamples(
  given: ReadFlags,
): Generator<ChosenSample, void, undefined> {
  const cache = openCache(given);
  for (const prompt of cache.prompts()) {
    if (!hasParameters(prompt, given)) continue;
    let head: EntryHead | undefined;
    for (const sample of cache.samples(prompt)) {
      const said = sample.entry === null
        ? head ??= headOf(cache, prompt)
        : entryHead(sample.entry);
      if (isWanted(said, given)) yield { prompt, sample, model: said.model };
    }
  }
}

/** Whether the flags choose a prompt of a model; its text is asked for only where it matters. */
export function chooses(
  { flags }: ReadFlags,
  { model, parameters, text }: {
    readonly model: string;
    readonly parameters: string;
    readonly text: () => string;
  },
): boolean {
  return has(model, flags.model) && has(parameters, flags.parameters) &&
    (flags.prompt === undefined || has(text(), flags.prompt));
}

/**
 * The one argument of a command.
 *
 * @throws {UsageError} Where there is none, or another.
 */
export function onlyArgument(
  { positionals }: ReadFlags,
  what: string,
): string {
  const [argument, ...others] = positionals;
  if (argument !== undefined && others.length === 0) return argument;
  throw new UsageError(`it takes ${what}, got ${positionals.length}`);
}

type EntryHead = Pick<ChosenPrompt, "model" | "text">;

/** What the first readable sample of a prompt says. */
function headOf(cache: CacheReader, prompt: CachedPrompt): EntryHead {
  for (const { entry } of cache.samples(prompt)) {
    if (entry !== null) return entryHead(entry);
  }
  return { model: prompt.segments[0], text: null };
}

function entryHead({ model, prompt }: CachedEntry): EntryHead {
  return { model, text: promptText(prompt) };
}

function hasParameters({ segments }: CachedPrompt, { flags }: ReadFlags) {
  return has(segments[1], flags.parameters);
}

function isWanted({ model, text }: EntryHead, { flags }: ReadFlags): boolean {
  return has(model, flags.model) && has(text ?? "", flags.prompt);
}

function has(text: string, part: unknown): boolean {
  return part === undefined ||
    text.toLowerCase().includes(String(part).toLowerCase());
}
