import { fromFileUrl } from "@std/path/from-file-url";
import { join } from "@std/path/join";
import { resolve } from "@std/path/resolve";

/** The checkout. */
export const ROOT = fromFileUrl(new URL("../../", import.meta.url));

/** The flags for the checkout's imports, and for the versions that its lock names. */
export const CHECKOUT_FLAGS: readonly string[] = [
  `--config=${join(ROOT, "deno.json")}`,
  `--lock=${join(ROOT, "deno.lock")}`,
];

/**
 * The program and the arguments that run a file of the checkout, or one of TypeScript with its imports.
 *
 * @param file Its path, from the checkout or from the root.
 * @param permissions Permission flags.
 */
export function scriptCommand(
  file: string,
  permissions: readonly string[],
): [string, ...string[]] {
  const flags = ["--no-prompt", "--quiet", ...CHECKOUT_FLAGS, ...permissions];
  return [Deno.execPath(), "run", ...flags, resolve(ROOT, file)];
}
