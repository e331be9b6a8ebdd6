import { DEFAULTS } from "../../options/settings.ts";
import type { Command } from "../command.ts";
import { copySamples, TRANSFER_FLAGS } from "../flags/transfer_flags.ts";

/** `rollouts cache push`. */
export const command: Command<typeof TRANSFER_FLAGS> = {
  help: `Copies new samples to another cache directory or a tar file.

Usage: rollouts cache push DIR|FILE.tar [--cache-dir DIR]

The directory or FILE.tar is created if it does not exist. Existing samples are never changed. Samples that
differ, are unusable, or are in the wrong place are reported. Packs stay packs where possible. A tar file is
replaced only when the new one is complete.

      --cache-dir DIR   cache directory; repeat it to read several (default .rollouts)

Exit codes: 0 all samples were copied or already existed, 1 some were not copied.

Examples:
  rollouts cache push /shared/lab
  rollouts cache push paper.tar --cache-dir published`,
  flags: TRANSFER_FLAGS,
  configured: ["cacheDir"],
  args: { min: 1, max: 1, what: "one directory or tar file" },
  run: ({ flags: { cacheDir = DEFAULTS.cacheDir }, args, output }) =>
    copySamples(cacheDir, args[0]!, output),
};
