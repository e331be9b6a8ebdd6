import { fromFileUrl } from "@std/path/from-file-url";
import { join } from "@std/path/join";
import { ROOT } from "../support/run_script.ts";
import { PACKAGE_VERSIONS } from "./package_versions.ts";

/**
 * Creates a directory in which Node and Deno find the contestants and their packages, with this
 * client's package for Node as this checkout builds it. Returns false if Node or npm is not
 * installed. The directory has to be outside the checkout, because a `package.json` there would
 * change what Deno does.
 *
 * @throws {Error} If the package cannot be built, or npm fails.
 */
export async function nodePackages(
  dir: string,
  signal: AbortSignal,
): Promise<boolean> {
  await Deno.mkdir(dir);
  const build = await run(Deno.execPath(), ["task", "npm"], {
    cwd: ROOT,
    signal,
  });
  if (!build) throw new Error("the package for Node cannot be built");
  const dependencies = {
    ...PACKAGE_VERSIONS,
    "@rollouts/client": `file:${join(ROOT, "npm")}`,
  };
  await Deno.writeTextFile(
    join(dir, "package.json"),
    JSON.stringify({ private: true, dependencies }),
  );
  const flags = ["--install-links", "--prefer-offline", "--no-audit"];
  const install = ["install", "--no-fund", "--silent", ...flags];
  const isInstalled = await run("npm", install, { cwd: dir, signal });
  if (isInstalled === null) return false;
  if (!isInstalled) throw new Error("npm install failed");
  const contestants = fromFileUrl(new URL("./contestants", import.meta.url));
  for await (const { name } of Deno.readDir(contestants)) {
    if (!name.endsWith(".mjs")) continue;
    await Deno.copyFile(join(contestants, name), join(dir, name));
  }
  return true;
}

/** Runs a program. Returns whether it succeeded, or null if it is not installed. */
async function run(
  program: string,
  args: readonly string[],
  options: { readonly cwd: string; readonly signal: AbortSignal },
): Promise<boolean | null> {
  try {
    const { success } = await new Deno.Command(program, {
      ...options,
      args: [...args],
      stdin: "null",
      stdout: "null",
    }).spawn().status;
    options.signal.throwIfAborted();
    return success;
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return null;
    throw error;
  }
}
