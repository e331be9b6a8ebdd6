import { CacheReader } from "../../../mod.ts";
import { type CacheItem, cacheItems } from "../../cache/cache_item.ts";
import type { TransferResult } from "../../cache/transfer_items.ts";
import { lstatIfExists } from "../../platform/lstat_if_exists.ts";
import { countNoun } from "../../util/count_noun.ts";
import { InputError } from "../input_error.ts";
import type { CliOutput } from "../output/cli_output.ts";

/** The flags of the commands that copy caches. */
export const TRANSFER_FLAGS = { cacheDir: "paths" } as const;

/** Whether an argument is a tar file, and not a directory. */
export function isTar(path: string): boolean {
  return /\.tar$/i.test(path);
}

/**
 * Returns the items of a cache directory or a tar file.
 *
 * @throws {InputError} If it does not exist.
 */
export async function itemsAt(
  path: string | readonly string[],
  onError: (message: string) => void,
): Promise<Iterable<CacheItem> | AsyncIterable<CacheItem>> {
  for (const one of [path].flat()) {
    if (lstatIfExists(one) !== null) continue;
    throw new InputError(`${one} does not exist: check its path`);
  }
  if (typeof path !== "string" || !isTar(path)) {
    return cacheItems(new CacheReader(path), onError);
  }
  const { tarItems } = await import("../../cache/tar_items.ts");
  return tarItems(path, onError);
}

/** Prints what was copied. Returns the exit code. */
export function reportTransfer(
  { copied, existing, left }: TransferResult,
  { to, output, hasErrors }: {
    readonly to: string;
    readonly output: CliOutput;
    readonly hasErrors: boolean;
  },
): number {
  for (const { path, reason } of left) {
    output.log(`${path} was not copied: ${reason}`);
  }
  output.print(
    `${countNoun(copied, "sample")} copied to ${to}, ${existing} already there`,
  );
  return left.length > 0 || hasErrors ? 1 : 0;
}
