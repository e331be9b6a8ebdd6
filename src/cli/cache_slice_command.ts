import type { ClientOptions, GenerateOptions, Rollouts } from "../../mod.ts";
import { copyCacheFile, fileNames } from "../runtime/cache_files.ts";
import { joinPath } from "../runtime/join_path.ts";
import { readText } from "../runtime/read_text.ts";
import { onlyArgument } from "./cache_flags.ts";
import type { Command } from "./command.ts";
import { makeClient } from "./make_client.ts";
import { OPTION_ALIASES, OPTION_FLAGS, OPTION_HELP } from "./option_flags.ts";
import { formatOf, readDataSet } from "./read_data_set.ts";
import type { ReadFlags } from "./read_flags.ts";
import { UsageError } from "./usage_error.ts";

const HELP =
  `Copies what a data set needs into a cache of its own, to publish it.

Usage: rollouts cache slice FILE -o DIR --model MODEL [-n SAMPLES] [OPTIONS]

FILE and the options are those of rollouts run: with --cache-dir DIR and --cache-only the same run
gives the same samples.

  -o, --output DIR          the new cache directory
${OPTION_HELP}

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
  const defaults = { nSamples, seed } as GenerateOptions;
  let copied = 0;
  let missing = 0;
  for await (const item of readDataSet(file, formatOf(file))) {
    const rollouts = await client.generate(item.prompt, {
      ...defaults,
      ...item.options,
    });
    copied += rollouts.length;
    missing += rollouts.errors.size;
    for (const seed of rollouts.errors.keys()) {
      console.error(`rollouts: ${item.place}: seed ${seed} is not there`);
    }
    await copy(rollouts, String(output));
  }
  console.error(
    `rollouts: ${copied} samples are in ${output}, ${missing} are missing`,
  );
  return missing === 0 ? 0 : 1;
}

/** Copies the files of a prompt's samples; the last four names of its directory are its place in any cache. */
async function copy(
  { responses, cacheDir, model }: Rollouts,
  to: string,
): Promise<void> {
  if (responses.length === 0) return;
  const directory = cacheDir!;
  const place = directory.split(/[\\/]/).slice(-4);
  const names = fileNames(directory);
  for (const { seed, full } of responses) {
    const stem = `seed_${String(seed).padStart(5, "0")}`;
    const candidates = names.filter((name) =>
      name === `${stem}.json` ||
      (name.startsWith(`${stem}-`) && name.endsWith(".json"))
    );
    const [only, ...others] = candidates;
    // Two models whose names share a directory have a file each: the one that was asked for goes.
    const name = others.length === 0
      ? only
      : await firstOf(candidates, directory, { model, full });
    if (name === undefined) {
      throw new Error(`${directory}/${stem}.json is gone`);
    }
    copyCacheFile(joinPath(directory, name), {
      root: to,
      place: [...place, name],
    });
  }
}

async function firstOf(
  names: readonly string[],
  directory: string,
  { model, full }: { readonly model: string; readonly full: string },
): Promise<string | undefined> {
  for (const name of names) {
    const entry = JSON.parse(await readText(joinPath(directory, name)));
    if (entry.model === model && entry.response?.full === full) return name;
  }
  return undefined;
}
