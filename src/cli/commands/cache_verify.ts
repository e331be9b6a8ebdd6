import {
  CACHE_ALIASES,
  CACHE_FLAGS,
  CACHE_HELP,
  chosenSamples,
  openCache,
} from "../flags/cache_flags.ts";
import type { Command } from "../command.ts";
import type { ReadFlags } from "../flags/read_flags.ts";
import { escapeControlChars } from "../../util/escape_control_chars.ts";

const HELP =
  `Reads every file of the cache, and names those that cannot be used.

Usage: rollouts cache verify [OPTIONS]

A file that lies where another request's belongs is never given for an answer; it is named too. What
runs have left that were killed is no fault, and named: rollouts cache prune --left-overs removes it.

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
  const faults: { path: string; reason: string }[] = [];
  let sound = 0;
  for (const { sample: { path, problem } } of chosenSamples(given)) {
    if (problem === null) sound++;
    else faults.push({ path, reason: problem });
  }
  const leftOvers = [...openCache(given).staleFiles()];
  if (given.flags.json) {
    console.log(JSON.stringify({ sound, faults, leftOvers }, null, 2));
  } else {
    for (const { path, reason } of faults) {
      console.log(escapeControlChars(`${path}: ${reason}`));
    }
    for (const path of leftOvers) {
      console.log(escapeControlChars(`${path}: left over`));
    }
    console.log(
      `${sound} samples are sound, ${faults.length} are not; ${leftOvers.length} files are left over`,
    );
  }
  return Promise.resolve(faults.length === 0 ? 0 : 1);
}
