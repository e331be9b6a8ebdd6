import { CacheReader } from "../../../mod.ts";
import { type CacheItem, cacheItems } from "../../cache/cache_item.ts";
import { DirectoryTarget } from "../../cache/directory_target.ts";
import {
  noTransfers,
  transferItems,
  type TransferResult,
} from "../../cache/transfer_items.ts";
import { isRegularFile } from "../../platform/is_regular_file.ts";
import { lstatIfExists } from "../../platform/lstat_if_exists.ts";
import { countNoun } from "../../util/count_noun.ts";
import { InputError } from "../input_error.ts";
import type { CliOutput } from "../output/cli_output.ts";

/** The flags of the commands that copy caches. */
export const TRANSFER_FLAGS = { cacheDir: "paths" } as const;

/** Whether an argument is a tar file, and not a directory. */
function isTar(path: string): boolean {
  return /\.tar$/i.test(path) && lstatIfExists(path)?.isDirectory !== true;
}

/** Whether a name looks like that of a compressed archive. */
function isCompressed(path: string): boolean {
  return /\.(tar\.\w+|tgz|tbz2?|txz|tzst|gz|bz2|xz|zst|zip|7z)$/i.test(path);
}

/**
 * Copies the samples of a cache directory or a tar file to another one, and prints what was copied.
 * Returns the exit code.
 *
 * @throws {InputError} If one is neither a cache directory nor a tar file.
 */
export async function copySamples(
  from: string | readonly string[],
  to: string,
  output: CliOutput,
): Promise<number> {
  checkTarget(to);
  let hasErrors = false;
  const items = await itemsAt(from, (message) => {
    hasErrors = true;
    output.log(message);
  });
  const result = noTransfers();
  if (isTar(to)) {
    const { TarTarget } = await import("../../cache/tar_target.ts");
    await using target = await TarTarget.open(to);
    await transferItems(items, target, result);
    await target.commit();
  } else {
    try {
      await transferItems(items, new DirectoryTarget(to), result);
    } catch (error) {
      output.log(`${summaryOf(result, to)}, before an error`);
      throw error;
    }
  }
  return reportTransfer(result, { to, output, hasErrors });
}

/** Prints what was copied. Returns the exit code. */
export function reportTransfer(
  result: TransferResult,
  { to, output, hasErrors }: {
    readonly to: string;
    readonly output: CliOutput;
    readonly hasErrors: boolean;
  },
): number {
  for (const { path, reason } of result.left) {
    output.log(`${path} was not copied: ${reason}`);
  }
  output.print(summaryOf(result, to));
  return result.left.length > 0 || hasErrors ? 1 : 0;
}

function summaryOf({ copied, existing }: TransferResult, to: string): string {
  return `${
    countNoun(copied, "sample")
  } copied to ${to}, ${existing} already there`;
}

/** Checks that samples can be written to what a name suggests. */
function checkTarget(to: string): void {
  const isDirectory = lstatIfExists(to)?.isDirectory === true;
  // One letter before a colon is a Windows drive.
  const isRemote = /^[^/\\]+@[^/\\]+:|^[^/\\:]{2,}:\//.test(to);
  if (!isDirectory && (to === "-" || isCompressed(to) || isRemote)) {
    throw new InputError(
      `cannot write to ${to}: samples are written only to a directory or FILE.tar; ${
        isRemote ? "copy" : "compress"
      } it afterwards`,
    );
  }
  if (isRegularFile(to) && !isTar(to)) throw notACache(to);
}

/** Returns the items of a cache directory or a tar file. */
async function itemsAt(
  path: string | readonly string[],
  onError: (message: string) => void,
): Promise<Iterable<CacheItem> | AsyncIterable<CacheItem>> {
  for (const one of [path].flat()) {
    if (lstatIfExists(one) === null) {
      throw new InputError(`${one} does not exist: check its path`);
    }
    if (isRegularFile(one) && !isTar(one)) throw notACache(one);
  }
  if (typeof path !== "string" || !isTar(path)) {
    return cacheItems(new CacheReader(path), onError);
  }
  const { tarItems } = await import("../../cache/tar_items.ts");
  return tarItems(path, onError);
}

function notACache(path: string): InputError {
  return new InputError(
    `${path} is not a tar file or a cache directory: ${
      isCompressed(path) ? "decompress it first" : "check its path"
    }`,
  );
}
