import { DEFAULTS } from "../../options/settings.ts";
import type { Command } from "../command.ts";
import { copySamples, TRANSFER_FLAGS } from "../flags/transfer_flags.ts";

/** `rollouts cache pull`. */
export const command: Command<typeof TRANSFER_FLAGS> = {
  help: `Copies new samples from another cache directory or a tar file.

Usage: rollouts cache pull DIR|FILE.tar [--cache-dir DIR]

What you have is never changed: a sample that differs is named. So is one that is unusable or in the wrong
place. Packs stay packs where they can. Of a tar file, only files of a cache are read: links, and paths
that lead elsewhere, are skipped.

      --cache-dir DIR   cache directory (default .rollouts); of several, only the first

Exit codes: 0 everything is there, 1 some samples were not copied.

Examples:
  rollouts cache pull /shared/lab
  rollouts cache pull paper.tar`,
  flags: TRANSFER_FLAGS,
  configured: ["cacheDir"],
  args: { min: 1, max: 1, what: "one directory or tar file" },
  run: ({ flags: { cacheDir = DEFAULTS.cacheDir }, args, output }) =>
    copySamples(args[0]!, [cacheDir].flat()[0]!, output),
};
