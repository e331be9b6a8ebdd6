import { fromFileUrl } from "@std/path/from-file-url";
import { join } from "@std/path/join";
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
  const installed = await install(PACKAGE_VERSIONS, signal);
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

/** Returns the directory of the installed packages, and installs them if needed. */
async function install(
  versions: Readonly<Record<string, string>>,
  signal: AbortSignal,
): Promise<string | null> {
  const packageJson = JSON.stringify({ private: true, dependencies: versions });
  const root = join(cacheHome(), "rollouts-bench");
  const key = Object.values(versions).join("-");
  const installed = join(root, key);
  if (isThere(installed)) return installed;
  const stage = join(root, `${key}.partial`);
  await Deno.mkdir(stage, { recursive: true });
  await Deno.writeTextFile(join(stage, "package.json"), packageJson);
  try {
    const { success } = await new Deno.Command("npm", {
      args: ["install", "--no-audit", "--no-fund", "--silent"],
      cwd: stage,
      stdin: "null",
      stdout: "null",
      stderr: "inherit",
      signal,
    }).spawn().status;
    signal.throwIfAborted();
    if (!success) throw new Error("npm install failed");
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return null;
    throw error;
  }
  await Deno.rename(stage, installed);
  return installed;
}

function cacheHome(): string {
  const home = Deno.env.get("HOME") ?? Deno.env.get("LOCALAPPDATA") ?? ".";
  return Deno.env.get("XDG_CACHE_HOME") ?? join(home, ".cache");
}

function isThere(path: string): boolean {
  try {
    return Deno.statSync(path).isDirectory;
  } catch {
    return false;
  }
}
