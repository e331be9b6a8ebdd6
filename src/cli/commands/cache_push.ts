import { DEFAULTS } from "../../options/settings.ts";
import { DirectoryTarget } from "../../cache/directory_target.ts";
import { transferItems } from "../../cache/transfer_items.ts";
import type { Command, CommandInput } from "../command.ts";
import {
  isTar,
  itemsAt,
  reportTransfer,
  TRANSFER_FLAGS,
} from "../flags/transfer_flags.ts";

/** `rollouts cache push`. */
export const command: Command<typeof TRANSFER_FLAGS> = {
  help:
    `Copies samples to another cache directory or a tar file that does not have them.

Usage: rollouts cache push DIR|FILE.tar [--cache-dir DIR]

What exists there is never changed: a sample that differs is named. So is one that is unusable or in the
wrong place. Packs stay packs where they can. A tar file is replaced when the new one is complete.

      --cache-dir DIR   cache directory; repeat it to read others (default .rollouts)

Exit codes: 0 everything is there, 1 some samples were not copied.

Examples:
  rollouts cache push /shared/lab
  rollouts cache push paper.tar --cache-dir published`,
  flags: TRANSFER_FLAGS,
  configured: ["cacheDir"],
  args: { min: 1, max: 1, what: "one directory or tar file" },
  run: push,
};

async function push(
  { flags: { cacheDir = DEFAULTS.cacheDir }, args, output }: CommandInput<
    typeof TRANSFER_FLAGS
  >,
): Promise<number> {
  const to = args[0]!;
  let hasErrors = false;
  const onError = (message: string) => {
    hasErrors = true;
    output.log(message);
  };
  const items = await itemsAt(cacheDir, onError);
  if (!isTar(to)) {
    const result = await transferItems(items, new DirectoryTarget(to));
    return reportTransfer(result, { to, output, hasErrors });
  }
  const { TarTarget } = await import("../../cache/tar_target.ts");
  await using target = await TarTarget.open(to);
  const result = await transferItems(items, target);
  await target.commit();
  return reportTransfer(result, { to, output, hasErrors });
}
