import { fromFileUrl } from "@std/path/from-file-url";
import { join } from "@std/path/join";
import type * as esbuild from "npm:esbuild@0.28.2";
import { commandOutput } from "../command_output.ts";
import { namedPackages, withoutVersion } from "../npm/named_packages.ts";

const root = fromFileUrl(new URL("../../", import.meta.url));

/**
 * Installs the npm packages that the program imports into a directory, with the versions of `deno.lock`.
 *
 * @returns The path of its `node_modules`.
 * @throws {Error} If Deno fails.
 */
export async function installedPackages(directory: string): Promise<string> {
  await Deno.writeTextFile(
    join(directory, "deno.json"),
    JSON.stringify({ imports: namedPackages(), nodeModulesDir: "auto" }),
  );
  await Deno.copyFile(join(root, "deno.lock"), join(directory, "deno.lock"));
  await commandOutput(Deno.execPath(), ["install", "--quiet"], directory);
  return join(directory, "node_modules");
}

/** Resolves imports that name a version, such as `npm:a@1`, to the installed packages. */
export const packagesNamedInSources: esbuild.Plugin = {
  name: "packages-named-in-sources",
  setup: ({ onResolve, resolve }) =>
    onResolve(
      { filter: /^npm:/ },
      ({ path, importer, kind, resolveDir }) =>
        importer.startsWith(join(root, "src"))
          ? resolve(withoutVersion(path), { kind, resolveDir })
          : null,
    ),
};
