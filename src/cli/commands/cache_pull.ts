import { DEFAULTS } from "../../options/settings.ts";
import type { Command } from "../command.ts";
import { copySamples, TRANSFER_FLAGS } from "../flags/transfer_flags.ts";

/** `rollouts cache pull`. */
export const command: Command<typeof TRANSFER_FLAGS> = {
  help: `Copies new samples from another cache directory or a tar file.

Usage: rollouts cache pull DIR|FILE.tar [--cache-dir DIR]

Your samples are never changed. Samples that differ, are unusable, or are in the wrong place are reported.
Packs stay packs where possible. From a tar file, only cache files are read: links, and paths that lead
elsewhere, are skipped.

      --cache-dir DIR   cache directory (default .rollouts); of several, only the first

Exit codes: 0 all samples were copied or already existed, 1 some were not copied.

Examples:
  rollouts cache pull /shared/lab
  rollouts cache pull paper.tar`,
  flags: TRANSFER_FLAGS,
  configured: ["cacheDir"],
  args: { min: 1, max: 1, what: "one directory or tar file" },
  run: ({ flags: { cacheDir = DEFAULTS.cacheDir }, args, output }) =>
    copySamples(args[0]!, [cacheDir].flat()[0]!, output),
};
