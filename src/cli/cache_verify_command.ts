import type { ArchivedPrompt, ArchivedSample } from "../../mod.ts";
import {
  archiveOf,
  CACHE_ALIASES,
  CACHE_FLAGS,
  CACHE_HELP,
  chosenPrompts,
} from "./cache_flags.ts";
import type { Command } from "./command.ts";
import type { ReadFlags } from "./read_flags.ts";
import { visibleText } from "./visible_text.ts";

const HELP =
  `Reads every file of the cache, and names those that cannot be used.

Usage: rollouts cache verify [OPTIONS]

A file that lies where another request's belongs is never given for an answer; it is named too.

${CACHE_HELP}

Exit codes: 0 all files are sound, 1 some are not.

Example: rollouts cache verify --cache-dir published`;

/** `rollouts cache verify`. */
export const CACHE_VERIFY_COMMAND: Command = {
  help: HELP,
  flags: CACHE_FLAGS,
  aliases: CACHE_ALIASES,
  configured: ["cacheDir"],
  run: verify,
};

function verify(given: ReadFlags): Promise<number> {
  const archive = archiveOf(given);
  const faults: { path: string; reason: string }[] = [];
  let sound = 0;
  let leftOver = 0;
  for (const { prompt } of chosenPrompts(given)) {
    leftOver += prompt.others.length;
    for (const sample of archive.samples(prompt)) {
      const reason = faultOf(prompt, sample);
      if (reason === null) sound++;
      else faults.push({ path: sample.path, reason });
    }
  }
  if (given.flags.json) {
    console.log(JSON.stringify({ sound, faults, leftOver }, null, 2));
  } else {
    for (const { path, reason } of faults) {
      console.log(visibleText(`${path}: ${reason}`));
    }
    console.log(
      `${sound} samples are sound, ${faults.length} are not; ${leftOver} files are no samples`,
    );
  }
  return Promise.resolve(faults.length === 0 ? 0 : 1);
}

/** Why a file cannot be used where it lies; null where it can. */
function faultOf(
  { key, place }: ArchivedPrompt,
  { path, entry, problem }: ArchivedSample,
): string | null {
  if (entry === null) return problem;
  const { seed } = entry.response;
  const name = path.slice(path.lastIndexOf("/") + 1);
  const named = Number(/^seed_(\d+)/.exec(name)?.[1]);
  if (named !== seed) return `its seed is ${seed}`;
  if (entry.place === null) return null;
  const [model, parameters, , hash] = entry.place;
  const lies = [...place, key].join("/");
  const belongs = [model, parameters, hash].join("/");
  return lies === belongs ? null : `it belongs to ${belongs}`;
}
