import { CacheError, CacheReader } from "../../../mod.ts";
import {
  NOTHING,
  type PackResult,
  sumResults,
} from "../../cache/pack_result.ts";
import { PackWriter } from "../../cache/pack_writer.ts";
import { countNoun } from "../../util/count_noun.ts";
import type { Command, CommandInput } from "../command.ts";
import { openCache } from "../flags/cache_flags.ts";
import { readAge } from "../flags/read_age.ts";
import { formatBytes } from "../output/format_values.ts";
import { UsageError } from "../usage_error.ts";

const FLAGS = {
  cacheDir: "paths",
  olderThan: "text",
  undo: "boolean",
} as const;

/** `rollouts cache pack`. */
export const command: Command<typeof FLAGS> = {
  help: `Compresses the samples of each prompt into one file per 1,000 seeds.

Usage: rollouts cache pack [--older-than AGE] [--cache-dir DIR]
       rollouts cache pack --undo [--cache-dir DIR]

Packed samples take an eighth of the space or, with few samples per prompt, a quarter. All commands read
them. New samples of a packed prompt are stored as files until you pack again. Unusable files, and prompts
in use by another process, are left unchanged and reported. The Python package does not read packs: use
--undo first. Killing the command loses nothing.

      --older-than AGE   pack only prompts without samples younger than this: 12h, 7d, or 8w
      --undo             turn packs into files again
      --cache-dir DIR    cache directory (default .rollouts); of several, only the first

Exit codes: 0 everything was packed, 1 some files were left.

Examples:
  rollouts cache pack --older-than 7d
  rollouts cache pack --undo --cache-dir published`,
  flags: FLAGS,
  configured: ["cacheDir"],
  run: pack,
};

function pack({ flags, output }: CommandInput<typeof FLAGS>): number {
  const { olderThan, undo } = flags;
  if (undo && olderThan !== undefined) {
    throw new UsageError(
      "--undo and --older-than exclude each other: omit one",
    );
  }
  const modifiedBefore = olderThan === undefined
    ? undefined
    : Date.now() - readAge(olderThan);
  const [cacheDir] = openCache(flags).cacheDirs;
  const cache = new CacheReader(cacheDir);
  let total = NOTHING;
  let isComplete = true;
  {
    using packs = new PackWriter(cacheDir!);
    for (const { segments } of cache.prompts()) {
      const result = orReason(() =>
        undo ? packs.unpack(segments) : packs.pack(segments, modifiedBefore)
      );
      for (const { path, reason } of result.left) {
        isComplete = false;
        output.log(reason.includes(path) ? reason : `${path}: ${reason}`);
      }
      total = sumResults([total, { ...result, left: [] }]);
    }
  }
  const { samples, bytes } = total;
  output.print(
    `${undo ? "unpacked" : "packed"} ${countNoun(samples, "sample")} of ${
      formatBytes(bytes)
    }`,
  );
  return isComplete ? 0 : 1;
}

/** One unreadable pack must not stop the others. */
function orReason(run: () => PackResult): PackResult {
  try {
    return run();
  } catch (error) {
    if (!(error instanceof CacheError)) throw error;
    const { path, message } = error;
    return { ...NOTHING, left: [{ path, reason: message }] };
  }
}
