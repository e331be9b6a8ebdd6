import { fromFileUrl } from "@std/path/from-file-url";
import { join } from "@std/path/join";

const root = fromFileUrl(new URL("../../", import.meta.url));

/**
 * Installs the packages of npm that `deno.json` names into a directory, as `deno.lock` has them, where
 * any tool finds them.
 *
 * @returns Its `node_modules`.
 * @throws {Error} Where Deno fails.
 */
export async function installedPackages(directory: string): Promise<string> {
  const { imports, unstable } = JSON.parse(
    await Deno.readTextFile(join(root, "deno.json")),
  );
  const packages = Object.entries<string>(imports)
    .filter(([, target]) => target.startsWith("npm:"));
  await Deno.writeTextFile(
    join(directory, "deno.json"),
    JSON.stringify({
      imports: Object.fromEntries(packages),
      nodeModulesDir: "auto",
      unstable,
    }),
  );
  await Deno.copyFile(join(root, "deno.lock"), join(directory, "deno.lock"));
  const { success, stderr } = await new Deno.Command(Deno.execPath(), {
    args: ["install", "--quiet"],
    cwd: directory,
  }).output();
  if (!success) throw new Error(new TextDecoder().decode(stderr));
  return join(directory, "node_modules");
}
