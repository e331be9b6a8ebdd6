import { walkSync } from "@std/fs/walk";
import { fromFileUrl } from "@std/path/from-file-url";
import { join } from "@std/path/join";

const root = fromFileUrl(new URL("../../", import.meta.url));

/**
 * Returns the npm packages that the files in some folders import: the keys are import specifiers without
 * a version, such as `string-width`, the values have one, such as `npm:string-width@^4.2.3`. Most
 * packages of the program are in `deno.json`. The rest are in the files that import them.
 */
export function namedPackages(
  folders: readonly string[] = ["src"],
): Record<string, string> {
  const { imports } = JSON.parse(
    Deno.readTextFileSync(join(root, "deno.json")),
  );
  const files = folders.flatMap((folder) => [
    ...walkSync(join(root, folder), { includeDirs: false }),
  ]).filter(({ name }) => name.endsWith(".ts"));
  const inSources = files.flatMap(({ path }) => {
    const code = Deno.readTextFileSync(path);
    return [...code.matchAll(/"(npm:[^"]+)"/g)].map(([, target]) => target!);
  });
  return Object.fromEntries([
    ...Object.entries<string>(imports)
      .filter(([, target]) => target.startsWith("npm:")),
    ...inSources.map((target) => [withoutVersion(target), target] as const),
  ]);
}

/** Strips the version from a specifier: `npm:a@1/b` becomes `a/b`. */
export function withoutVersion(target: string): string {
  return target.slice("npm:".length).replace(/(?<=.)@[^/]+/, "");
}
