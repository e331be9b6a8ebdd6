import { join } from "@std/path/join";
import type * as esbuild from "npm:esbuild@0.28.2";
import { forNode, PLATFORM_IMPORT } from "../npm/bundle.ts";

/**
 * Puts both `platform/deno/X.ts` and `platform/node/X.ts` into a bundle, which chooses one when the
 * program starts. Each exports one value, with the name of its file.
 */
export const bothRuntimes: esbuild.Plugin = {
  name: "both-runtimes",
  setup: ({ onResolve, onLoad }) => {
    onResolve({ filter: PLATFORM_IMPORT }, ({ path, resolveDir }) => ({
      path: join(resolveDir, path),
      namespace: "both-runtimes",
    }));
    onLoad({ filter: /()/, namespace: "both-runtimes" }, ({ path }) => {
      const [file] = path.match(/\w+(?=\.ts$)/)!;
      const name = file.replaceAll(
        /_./g,
        ([, letter]) => letter!.toUpperCase(),
      );
      return {
        contents: `
          import { ${name} as deno } from ${JSON.stringify(path)};
          import { ${name} as node } from ${JSON.stringify(forNode(path))};
          export const ${name} = "Deno" in globalThis ? deno : node;`,
        resolveDir: "/",
      };
    });
  },
};
