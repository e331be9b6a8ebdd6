import { readText } from "../../platform/read_text.ts";
import {
  CACHE_ALIASES,
  CACHE_FLAGS,
  CACHE_HELP,
  chosenPrompts,
  onlyArgument,
  openCache,
} from "../flags/cache_flags.ts";
import type { Command } from "../command.ts";
import type { ReadFlags } from "../flags/read_flags.ts";
import { readableSample } from "../output/readable_sample.ts";
import { UsageError } from "../usage_error.ts";
import { escapeControlChars } from "../../util/escape_control_chars.ts";

const HELP = `Shows a prompt's samples.

Usage: rollouts cache show KEY [--seed N] [OPTIONS]

KEY is the beginning of a prompt's key, as rollouts cache ls shows it.

      --seed N          only this sample
${CACHE_HELP}: the files as they are

Exit codes: 0 there it is, 1 it has no such sample, 2 there is no such key.

Example: rollouts cache show 52cb6b5e4a --seed 3`;

/** `rollouts cache show`. */
export const CACHE_SHOW_COMMAND: Command = {
  help: HELP,
  flags: { ...CACHE_FLAGS, seed: "number" },
  aliases: CACHE_ALIASES,
  configured: ["cacheDir"],
  run: show,
};

async function show(given: ReadFlags): Promise<number> {
  const key = onlyArgument(given, "the beginning of a key").toLowerCase();
  const { seed, json } = given.flags;
  const chosen = [...chosenPrompts(given)]
    .filter(({ prompt }) => prompt.key.startsWith(key));
  if (chosen.length === 0) {
    throw new UsageError(`no prompt's key begins with ${key}`);
  }
  const keys = new Set(chosen.map(({ prompt }) => prompt.key));
  if (keys.size > 1) {
    throw new UsageError(`${keys.size} prompts' keys begin with ${key}`);
  }
  let found = 0;
  const text = chosen.find(({ text }) => text !== null)?.text ?? "?";
  if (!json) console.log(`${escapeControlChars(text)}\n`);
  for (const { prompt } of chosen) {
    const files = prompt.files.filter((file) =>
      seed === undefined || file.seed === seed
    );
    if (files.length === 0) continue;
    if (!json) console.log(`${escapeControlChars(prompt.path)}\n`);
    for (const sample of openCache(given).samples({ ...prompt, files })) {
      found++;
      if (json) console.log((await readText(sample.path)).trimEnd());
      else console.log(readableSample(sample));
    }
  }
  if (found > 0) return 0;
  const what = seed === undefined ? "no sample" : `no sample of seed ${seed}`;
  console.error(`rollouts: it has ${what}`);
  return 1;
}
