import type { ArchivedSample } from "../../mod.ts";
import { readText } from "../runtime/read_text.ts";
import {
  archiveOf,
  CACHE_ALIASES,
  CACHE_FLAGS,
  CACHE_HELP,
  chosenPrompts,
  onlyArgument,
} from "./cache_flags.ts";
import type { Command } from "./command.ts";
import type { ReadFlags } from "./read_flags.ts";
import { UsageError } from "./usage_error.ts";
import { visibleText } from "./visible_text.ts";

const HELP = `Shows a prompt's samples.

Usage: rollouts cache show KEY [--seed N] [OPTIONS]

KEY is the beginning of a prompt's key, as rollouts cache ls shows it.

      --seed N          only this sample
${CACHE_HELP}: the files as they are

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
  for (const { prompt, model, text } of chosen) {
    if (!json) {
      console.log(visibleText(`${model}  ${prompt.place[1]}\n${prompt.path}`));
      console.log(`\n${visibleText(text ?? "?")}\n`);
    }
    for (const sample of archiveOf(given).samples(prompt)) {
      const isWanted = seed === undefined ||
        sample.entry?.response.seed === seed;
      if (!isWanted) continue;
      found++;
      if (json) console.log((await readText(sample.path)).trimEnd());
      else console.log(readable(sample));
    }
  }
  if (found > 0) return 0;
  console.error(`rollouts: it has no sample of seed ${seed}`);
  return 1;
}

function readable({ path, entry, problem }: ArchivedSample): string {
  if (entry === null) {
    return visibleText(`── ${path}\n   cannot be used: ${problem}\n`);
  }
  const { response } = entry;
  const { seed, finishReason, provider, reasoning, content } = response;
  const { completionTokens, cost } = response.usage;
  const facts = [
    finishReason ?? "no finish reason",
    provider ?? "provider not known",
    `${completionTokens} tokens`,
    cost === null ? "cost not known" : `$${cost}`,
  ].map(visibleText).join(", ");
  const thought = reasoning === null
    ? ""
    : `${visibleText(reasoning)}\n</think>\n`;
  return `── seed ${seed} (${facts})\n${thought}${visibleText(content)}\n`;
}
