import { join } from "@std/path/join";

/** The start of a generated source, such as a chat template. */
const WRITTEN = /^(?:\/\/ deno-fmt-ignore-file\s+)?\/\/ Written by scripts\//;

interface SourceMap {
  readonly sources: string[];
  readonly sourcesContent?: (string | null)[];
}

/**
 * Removes pages, data and generated sources from the source maps in a directory: their text is in the code.
 * Removes the map of a file that contains only packages, which are already minified.
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
    const sourcesContent = map.sourcesContent?.map((text, i) =>
      /\.(?:html|json)$/.test(map.sources[i]!) || WRITTEN.test(text ?? "")
        ? null
        : text
    );
    await Deno.writeTextFile(path, JSON.stringify({ ...map, sourcesContent }));
  }
}
