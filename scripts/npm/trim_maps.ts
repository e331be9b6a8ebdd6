import { join } from "@std/path/join";

/** What a source begins with that a script has written: a page or a template, as one long text. */
const WRITTEN = /^(?:\/\/ deno-fmt-ignore-file\s+)?\/\/ Written by scripts\//;

interface SourceMap {
  readonly sources: string[];
  readonly sourcesContent?: (string | null)[];
}

/**
 * Takes out of the source maps in a directory the sources that scripts have written: nobody reads them, and
 * what they say stands in the code. Code that is a package's alone, which has been made small there, has no map.
 */
export async function trimMaps(directory: string): Promise<void> {
  for await (const { name } of Deno.readDir(directory)) {
    if (!name.endsWith(".map")) continue;
    const path = join(directory, name);
    const map: SourceMap = JSON.parse(await Deno.readTextFile(path));
    if (map.sources.every((source) => source.startsWith("npm:"))) {
      await Deno.remove(path);
      const file = path.slice(0, -".map".length);
      const code = await Deno.readTextFile(file);
      await Deno.writeTextFile(
        file,
        code.replace(/^\/\/# sourceMappingURL=.*\n?/m, ""),
      );
      continue;
    }
    const sourcesContent = map.sourcesContent?.map((text) =>
      WRITTEN.test(text ?? "") ? null : text
    );
    await Deno.writeTextFile(path, JSON.stringify({ ...map, sourcesContent }));
  }
}
