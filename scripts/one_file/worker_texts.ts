import { join } from "@std/path/join";
import * as esbuild from "npm:esbuild@0.28.2";
import { OLDEST_NODE } from "../npm/bundle.ts";

/** The module of the worker on each runtime. */
const WORKERS: Readonly<Record<string, string>> = {
  deno: "workers/openrouter.ts",
  node: "workers/node.ts",
};

/**
 * Puts the workers into a bundle as strings, instead of the URLs of their files. They start from
 * `data:` addresses, because a compiled program cannot load a `blob:` address.
 */
export const workerTexts: esbuild.Plugin = {
  name: "worker-texts",
  setup: ({ onLoad, initialOptions }) =>
    onLoad(
      { filter: /[\\/]spawn_worker\.ts$/, namespace: "file" },
      async ({ path }) => {
        const root = initialOptions.absWorkingDir!;
        const [runtime = ""] = path.match(/deno|node(?=[\\/]\w+\.ts$)/) ?? [];
        const source = await Deno.readTextFile(path);
        const text = await bundled(join(root, WORKERS[runtime]!), root);
        const contents = source.replace(
          /new URL\("[^"]+", import\.meta\.url\)/,
          () =>
            `new URL("data:text/javascript;charset=utf-8," + encodeURIComponent(${text}))`,
        );
        return { contents, loader: "ts" };
      },
    ),
};

/** The text of a worker, as a literal of JavaScript. */
async function bundled(entry: string, root: string): Promise<string> {
  const { outputFiles } = await esbuild.build({
    absWorkingDir: root,
    entryPoints: [entry],
    bundle: true,
    minify: true,
    write: false,
    format: "esm",
    platform: "node",
    target: `node${OLDEST_NODE}`,
  });
  return JSON.stringify(outputFiles[0]!.text);
}
