import { join } from "@std/path/join";

/** What {@linkcode installPackages} installs, and where. */
export interface InstallOptions {
  /** The name of the folder in the user's cache. */
  readonly folder: string;
  /** The exact version of each package. */
  readonly versions: Readonly<Record<string, string>>;
  /** More flags of `npm install`. */
  readonly flags?: readonly string[];
  readonly signal?: AbortSignal;
}

/**
 * Installs npm packages into the user's cache, which keeps them for the next run. They are in no
 * `deno.json`, so that no other task downloads them.
 *
 * @returns The directory with `node_modules`, or `null` if npm is not installed.
 * @throws {Error} If npm fails.
 */
export async function installPackages(
  { folder, versions, flags = [], signal }: InstallOptions,
): Promise<string | null> {
  const packageJson = JSON.stringify({ private: true, dependencies: versions });
  const root = join(cacheHome(), folder);
  const key = Object.values(versions).join("-");
  const installed = join(root, key);
  if (isThere(installed)) return installed;
  const stage = join(root, `${key}.partial`);
  await Deno.mkdir(stage, { recursive: true });
  await Deno.writeTextFile(join(stage, "package.json"), packageJson);
  try {
    const { success } = await new Deno.Command("npm", {
      args: ["install", "--no-audit", "--no-fund", "--silent", ...flags],
      cwd: stage,
      stdin: "null",
      stdout: "null",
      stderr: "inherit",
      signal,
    }).spawn().status;
    signal?.throwIfAborted();
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
