import { join } from "@std/path/join";
import type * as esbuild from "npm:esbuild@0.28.2";
import { twinOf } from "../npm/bundle.ts";

/**
 * Puts both into a bundle, what Deno knows in `src/platform/deno/` and its twin for Node, of which the one
 * that fits is taken when the program starts.
 */
export const bothRuntimes: esbuild.Plugin = {
  name: "both-runtimes",
  setup: ({ onResolve, onLoad }) => {
    onResolve({ filter: /^\.{1,2}\/.*\.ts$/ }, async ({ path, resolveDir }) => {
      const file = join(resolveDir, path);
      const twin = await twinOf(file);
      return twin === null
        ? null
        : { path: file, namespace: "both-runtimes", pluginData: twin };
    });
    onLoad(
      { filter: /()/, namespace: "both-runtimes" },
      async ({ path, pluginData: twin }) => ({
        contents: `
          import * as ofDeno from ${JSON.stringify(path)};
          import * as ofNode from ${JSON.stringify(twin)};
          export const { ${exportsOf(await Deno.readTextFile(path))} } =
            "Deno" in globalThis ? ofDeno : ofNode;`,
        resolveDir: "/",
      }),
    );
  },
};

/** The names of the values that a source exports. */
function exportsOf(source: string): string {
  const found = source.matchAll(
    /^export (?:async )?(?:function\*?|const|class) (\w+)/gm,
  );
  return [...found].map(([, name]) => name).join(", ");
}
