import { walkSync } from "@std/fs/walk";
import { fromFileUrl } from "@std/path/from-file-url";
import { join } from "@std/path/join";

const root = fromFileUrl(new URL("../../", import.meta.url));

/**
 * The packages of npm that the program imports: by what they are imported as where the version is known,
 * what they are with it, such as `npm:cli-progress@^3.12.0`. `deno.json` names most, and the sources
 * those that few commands need.
 */
export function namedPackages(): Record<string, string> {
  const { imports } = JSON.parse(
    Deno.readTextFileSync(join(root, "deno.json")),
  );
  const files = [...walkSync(join(root, "src"), { includeDirs: false })];
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

/** What a package is imported by where its version is known: `npm:a@1/b` is `a/b`. */
export function withoutVersion(target: string): string {
  return target.slice("npm:".length).replace(/(?<=.)@[^/]+/, "");
}
