import { join } from "@std/path/join";

/** What a source begins with that a script has written: a page or a template, as one long text. */
const WRITTEN = /^(?:\/\/ deno-fmt-ignore-file\s+)?\/\/ Written by scripts\//;

interface SourceMap {
  readonly sourcesContent?: (string | null)[];
}

/**
 * Takes out of the source maps in a directory the sources that scripts have written: nobody reads them, and
 * what they say stands in the code.
 */
export async function trimMaps(directory: string): Promise<void> {
  for await (const { name } of Deno.readDir(directory)) {
    if (!name.endsWith(".map")) continue;
    const path = join(directory, name);
    const map: SourceMap = JSON.parse(await Deno.readTextFile(path));
    const sourcesContent = map.sourcesContent?.map((text) =>
      WRITTEN.test(text ?? "") ? null : text
    );
    await Deno.writeTextFile(path, JSON.stringify({ ...map, sourcesContent }));
  }
}
