import { type CachedPrompt, CacheReader, type Rollouts } from "../../../mod.ts";
import { copyCacheFiles } from "../../cache/copy_cache_files.ts";
import { sampleFileName } from "../../cache/sample_file_name.ts";
import type { Command, CommandInput } from "../command.ts";
import { FieldSlips } from "../data_set/field_slips.ts";
import { readDataSet } from "../data_set/read_data_set.ts";
import { cacheKeyHelp, OPTION_FLAGS } from "../flags/option_flags.ts";
import { makeClient } from "../make_client.ts";
import { shownSeeds } from "../output/report_errors.ts";
import { UsageError } from "../usage_error.ts";
import { countNoun } from "../../util/count_noun.ts";

const FLAGS = { ...OPTION_FLAGS, output: "text" } as const;

/** `rollouts cache slice`. */
export const command: Command<typeof FLAGS> = {
  help:
    `Copies the samples of a data set to a new cache directory, for publication.

Usage: rollouts cache slice FILE -o DIR --model MODEL [-n SAMPLES] [OPTIONS]

FILE and the options are the same as for rollouts run. With --cache-dir DIR --cache-only, that run
returns the copied samples.

  -o, --output DIR          the new cache directory

${cacheKeyHelp(["nSamples", "seed"])}

Exit codes: 0 all samples were copied, 1 some are missing.

Examples:
  rollouts cache slice prompts.jsonl -m qwen/qwen3-30b-a3b -n 10 -o published
  rollouts run prompts.jsonl -m qwen/qwen3-30b-a3b -n 10 --cache-dir published --cache-only`,
  flags: FLAGS,
  configured: Object.keys(OPTION_FLAGS),
  args: { min: 1, max: 1, what: "one data set" },
  run: slice,
};

async function slice(
  { flags: { output: to, ...options }, args, output }: CommandInput<
    typeof FLAGS
  >,
): Promise<number> {
  const file = args[0]!;
  if (to === undefined) {
    throw new UsageError("--output is required: the directory for the samples");
  }
  const client = await makeClient({ ...options, cacheOnly: true }, output);
  const cache = new CacheReader(options.cacheDir);
  const { nSamples, seed } = options;
  let found = 0;
  let copied = 0;
  let missing = 0;
  const slips = new FieldSlips(output);
  for await (const item of readDataSet(file, { slips })) {
    const rollouts = await client.generate(item.prompt, {
      nSamples,
      seed,
      ...item.options,
    });
    found += rollouts.length;
    missing += rollouts.errors.size;
    const seeds = [...rollouts.errors.keys()];
    if (seeds.length > 0) {
      output.log(`${item.place}: ${shownSeeds(seeds)} not cached`);
    }
    copied += copy(rollouts, cache, to);
  }
  output.log(
    `${countNoun(copied, "sample")} copied to ${to}, ${
      found - copied
    } already there, ${missing} missing`,
  );
  return missing === 0 ? 0 : 1;
}

/**
 * Copies the files of a prompt's samples to the same paths below another directory. Returns the number
 * of copied files.
 */
function copy(
  rollouts: Rollouts,
  cache: CacheReader,
  to: string,
): number {
  const { responses, cacheDir } = rollouts;
  if (responses.length === 0) return 0;
  const segments = cacheDir!.split(/[\\/]/).slice(-4);
  const prompt = cache.prompt(segments as unknown as CachedPrompt["segments"]);
  // A second name shows that two models share the directory. Otherwise, a seed has one file.
  const isShared = prompt.files.some(({ digest }) => digest !== null);
  const names = new Set(
    isShared
      ? namesOf(rollouts, cache, prompt)
      : responses.map(({ seed }) => sampleFileName(seed)),
  );
  const files = prompt.files.filter(({ name }) => names.delete(name));
  for (const name of names) {
    throw new Error(`${prompt.path}/${name} was removed while it was copied`);
  }
  return copyCacheFiles(files, { cache, segments: prompt.segments, to });
}

/** Reads the files of two models, and returns the names of those that have the samples. */
function namesOf(
  { responses, cacheDir, model }: Rollouts,
  cache: CacheReader,
  prompt: CachedPrompt,
): string[] {
  const wanted = new Map(responses.map(({ seed, full }) => [seed, full]));
  const files = prompt.files.filter(({ seed }) => wanted.has(seed));
  const names: string[] = [];
  for (const { seed, name, entry } of cache.samples({ ...prompt, files })) {
    const isWanted = entry?.model === model &&
      entry.response.full === wanted.get(seed);
    if (!isWanted) continue;
    names.push(name);
    wanted.delete(seed);
  }
  for (const seed of wanted.keys()) {
    throw new Error(
      `seed ${seed} in ${cacheDir} was removed while it was copied`,
    );
  }
  return names;
}
