import { fromFileUrl } from "@std/path/from-file-url";
import { join } from "@std/path/join";
import { installPackages } from "../support/install_packages.ts";
import { PACKAGE_VERSIONS } from "./package_versions.ts";

/**
 * Creates a directory in which Node and Deno find the contestants and their packages. Returns false
 * if Node or npm is not installed. The directory has to be outside the checkout, because a
 * `package.json` there would change what Deno does. The packages are kept for the next run.
 *
 * @throws {Error} If npm fails.
 */
export async function nodePackages(
  dir: string,
  signal: AbortSignal,
): Promise<boolean> {
  const installed = await installPackages({
    folder: "rollouts-bench",
    versions: PACKAGE_VERSIONS,
    signal,
  });
  if (installed === null) return false;
  await Deno.mkdir(dir);
  await Deno.symlink(
    join(installed, "node_modules"),
    join(dir, "node_modules"),
    { type: "junction" },
  );
  await Deno.copyFile(
    join(installed, "package.json"),
    join(dir, "package.json"),
  );
  const contestants = fromFileUrl(new URL("./contestants", import.meta.url));
  for await (const { name } of Deno.readDir(contestants)) {
    if (!name.endsWith(".mjs")) continue;
    await Deno.copyFile(join(contestants, name), join(dir, name));
  }
  return true;
}
