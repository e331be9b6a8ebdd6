import {
  type CachedPrompt,
  CacheReader,
  type ClientOptions,
  type GenerateOptions,
  type Rollouts,
} from "../../../mod.ts";
import { copyCacheFile } from "../../platform/cache_files.ts";
import { onlyArgument } from "../flags/cache_flags.ts";
import type { Command } from "../command.ts";
import { FieldSlips } from "../data_set/field_slips.ts";
import { makeClient } from "../make_client.ts";
import {
  OPTION_ALIASES,
  OPTION_FLAGS,
  optionHelp,
} from "../flags/option_flags.ts";
import { formatOf, readDataSet } from "../data_set/read_data_set.ts";
import type { ReadFlags } from "../flags/read_flags.ts";
import { UsageError } from "../usage_error.ts";

const HELP =
  `Copies what a data set needs into a cache of its own, to publish it.

Usage: rollouts cache slice FILE -o DIR --model MODEL [-n SAMPLES] [OPTIONS]

FILE and the options are those of rollouts run: with --cache-dir DIR and --cache-only the same run
gives the same samples.

  -o, --output DIR          the new cache directory

${optionHelp()}

Exit codes: 0 every sample was there, 1 some are missing.

Example: rollouts cache slice prompts.jsonl -m qwen/qwen3-30b-a3b -n 10 -o published`;

/** `rollouts cache slice`. */
export const CACHE_SLICE_COMMAND: Command = {
  help: HELP,
  flags: { ...OPTION_FLAGS, output: "text" },
  aliases: { ...OPTION_ALIASES, o: "output" },
  configured: Object.keys(OPTION_FLAGS),
  run: slice,
};

async function slice(given: ReadFlags): Promise<number> {
  const file = onlyArgument(given, "one data set");
  const { output, nSamples, seed, ...options } = given.flags;
  if (output === undefined) throw new UsageError("slice needs --output");
  const client = makeClient(
    { ...options, cacheOnly: true } as unknown as ClientOptions,
  );
  const cache = new CacheReader(options.cacheDir as string | undefined);
  const defaults = { nSamples, seed } as GenerateOptions;
  let copied = 0;
  let missing = 0;
  const slips = new FieldSlips();
  for await (const item of readDataSet(file, formatOf(file))) {
    slips.tell(item);
    const rollouts = await client.generate(item.prompt, {
      ...defaults,
      ...item.options,
    });
    copied += rollouts.length;
    missing += rollouts.errors.size;
    for (const seed of rollouts.errors.keys()) {
      console.error(`rollouts: ${item.place}: seed ${seed} is not there`);
    }
    copy(rollouts, cache, String(output));
  }
  console.error(
    `rollouts: ${copied} samples are in ${output}, ${missing} are missing`,
  );
  return missing === 0 ? 0 : 1;
}

/** Copies the files of a prompt's samples to the same places. */
function copy(
  { responses, cacheDir, model }: Rollouts,
  cache: CacheReader,
  to: string,
): void {
  if (responses.length === 0) return;
  const segments = cacheDir!.split(/[\\/]/).slice(-4);
  const prompt = cache.prompt(segments as unknown as CachedPrompt["segments"]);
  const wanted = new Map(responses.map(({ seed, full }) => [seed, full]));
  const files = prompt.files.filter(({ seed }) => wanted.has(seed));
  const samples = cache.samples({ ...prompt, files });
  for (const { seed, name, path, entry } of samples) {
    // Two models whose names share a directory have a file each: the one that was asked for goes.
    const isWanted = entry?.model === model &&
      entry.response.full === wanted.get(seed);
    if (!isWanted) continue;
    copyCacheFile(path, { root: to, place: [...segments, name] });
    wanted.delete(seed);
  }
  for (const seed of wanted.keys()) {
    throw new Error(`seed ${seed} in ${cacheDir} has vanished`);
  }
}
