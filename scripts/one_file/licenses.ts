import { dirname } from "@std/path/dirname";
import { join } from "@std/path/join";

/** The names of license files. */
const LICENSE = /^(licen[cs]e|copying)\b/i;

/**
 * Returns the names, versions and licenses of the packages that files belong to, as one text.
 *
 * @throws {Error} If a package has no license.
 */
export function licenses(files: Iterable<string>): string {
  const packages = new Set([...files].map(packageOf));
  return [...packages].map(licenseOf).toSorted().join("\n\n");
}

/** Returns the directory of the package that a file belongs to. */
function packageOf(file: string): string {
  for (let path = dirname(file); path !== dirname(path); path = dirname(path)) {
    try {
      const { name } = manifestOf(path);
      if (name !== undefined) return path;
    } catch (error) {
      if (!(error instanceof Deno.errors.NotFound)) throw error;
    }
  }
  throw new Error(`${file} belongs to no package`);
}

function licenseOf(directory: string): string {
  const { name, version, license } = manifestOf(directory);
  const file = [...Deno.readDirSync(directory)]
    .find(({ name, isFile }) => isFile && LICENSE.test(name));
  const text = file === undefined
    ? ""
    : `\n\n${Deno.readTextFileSync(join(directory, file.name)).trim()}`;
  if (license === undefined && text === "") {
    throw new Error(`${name} has no license`);
  }
  return `${name} ${version}: ${license}${text}`;
}

function manifestOf(
  directory: string,
): { name?: string; version?: string; license?: string } {
  return JSON.parse(Deno.readTextFileSync(join(directory, "package.json")));
}
