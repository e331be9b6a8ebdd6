import { fromFileUrl } from "@std/path/from-file-url";
import { join } from "@std/path/join";
import { resolve } from "@std/path/resolve";

/** The URL of the checkout. */
export const ROOT = fromFileUrl(new URL("../../", import.meta.url));

/** The flags for the checkout's imports and lock file. */
export const CHECKOUT_FLAGS: readonly string[] = [
  `--config=${join(ROOT, "deno.json")}`,
  `--lock=${join(ROOT, "deno.lock")}`,
];

/**
 * Returns the program and arguments that run a file of the checkout, or a TypeScript file with its
 * imports.
 *
 * @param file The path, from the checkout or from the root.
 * @param permissions Permission flags.
 */
export function scriptCommand(
  file: string,
  permissions: readonly string[],
): [string, ...string[]] {
  const flags = ["--no-prompt", "--quiet", ...CHECKOUT_FLAGS, ...permissions];
  return [Deno.execPath(), "run", ...flags, resolve(ROOT, file)];
}
