import type { Command } from "../command.ts";
import {
  CACHE_FLAGS,
  CACHE_HELP,
  openCache,
  selectSamples,
} from "../flags/cache_flags.ts";
import { countNoun } from "../../util/count_noun.ts";

/** `rollouts cache verify`. */
export const command: Command<typeof CACHE_FLAGS> = {
  help: `Reads every file of the cache, and names those that cannot be used.

Usage: rollouts cache verify [OPTIONS]

Also names files that belong to another request, which are never returned as samples, and stale files,
which killed runs left behind. Stale files are not faults; rollouts cache prune --stale removes them.

${CACHE_HELP}

Exit codes: 0 all files are valid, 1 some are unusable.

Examples:
  rollouts cache verify
  rollouts cache verify --cache-dir published --json`,
  flags: CACHE_FLAGS,
  configured: ["cacheDir"],
  run: ({ flags, output }) => {
    const faults: { path: string; reason: string }[] = [];
    let sound = 0;
    for (const { sample: { path, problem } } of selectSamples(flags)) {
      if (problem === null) sound++;
      else faults.push({ path, reason: problem });
    }
    const stale = [...openCache(flags).staleFiles()];
    if (flags.json) {
      output.print(JSON.stringify({ sound, faults, stale }, null, 2));
    } else {
      for (const { path, reason } of faults) {
        output.print(`${path}: ${reason}`);
      }
      for (const path of stale) {
        output.print(`${path}: stale`);
      }
      output.print(
        `${countNoun(sound, "sample")} valid, ${faults.length} invalid; ${
          countNoun(stale.length, "stale file")
        }`,
      );
    }
    return faults.length === 0 ? 0 : 1;
  },
};
