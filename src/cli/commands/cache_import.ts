import { DirectoryTarget } from "../../cache/directory_target.ts";
import { pythonDatabaseItems } from "../../cache/python_database.ts";
import { transferItems } from "../../cache/transfer_items.ts";
import { DEFAULTS } from "../../options/settings.ts";
import { lstatIfExists } from "../../platform/lstat_if_exists.ts";
import type { Command, CommandInput } from "../command.ts";
import { reportTransfer, TRANSFER_FLAGS } from "../flags/transfer_flags.ts";
import { InputError } from "../input_error.ts";

/** `rollouts cache import`. */
export const command: Command<typeof TRANSFER_FLAGS> = {
  help: `Copies the samples of an SQLite cache of the Python package.

Usage: rollouts cache import MODEL.db [--cache-dir DIR]

The Python package writes this database with use_cache="sql". It stores only a hash of top_k and the
penalties, so samples with other values than the defaults are not copied, but reported. So are samples that
differ from existing ones. The database is only read. On Node, this needs version 22.13 or later.

      --cache-dir DIR   cache directory (default .rollouts); of several, only the first

Exit codes: 0 all samples were copied or already existed, 1 some were not copied.

Examples:
  rollouts cache import .rollouts/qwen-qwen3-30b-a3b.db
  rollouts cache import old/cache.db --cache-dir imported`,
  flags: TRANSFER_FLAGS,
  configured: ["cacheDir"],
  args: { min: 1, max: 1, what: "one database" },
  run: importDatabase,
};

async function importDatabase(
  { flags: { cacheDir = DEFAULTS.cacheDir }, args, output }: CommandInput<
    typeof TRANSFER_FLAGS
  >,
): Promise<number> {
  const path = args[0]!;
  if (!lstatIfExists(path)?.isFile) {
    throw new InputError(`${path} is not a file: pass the path of MODEL.db`);
  }
  const to = [cacheDir].flat()[0]!;
  let hasErrors = false;
  const items = pythonDatabaseItems(path, (message) => {
    hasErrors = true;
    output.log(message);
  });
  const result = await transferItems(items, new DirectoryTarget(to));
  return reportTransfer(result, { to, output, hasErrors });
}
