import * as esbuild from "npm:esbuild@0.28.2";
import { OLDEST_NODE } from "../npm/bundle.ts";

/**
 * Puts the worker into a bundle as a text, from which it is started by a `data:` address: in a compiled
 * program no `blob:` one can be loaded.
 */
export const workerTexts: esbuild.Plugin = {
  name: "worker-texts",
  setup: ({ onResolve, onLoad, initialOptions }) => {
    onResolve({ filter: /\/worker_entry\.ts$/ }, ({ path }) => ({
      path,
      namespace: "worker-texts",
    }));
    onLoad({ filter: /()/, namespace: "worker-texts" }, async () => {
      const root = initialOptions.absWorkingDir!;
      const ofDeno = await bundled("workers/openrouter.ts", root);
      const ofNode = await bundled("src/platform/node/worker.ts", root);
      return {
        contents: `
          export function workerEntry() {
            const text = "Deno" in globalThis ? ${ofDeno} : ${ofNode};
            return new URL("data:text/javascript;charset=utf-8," + encodeURIComponent(text));
          }`,
      };
    });
  },
};

/** The text of a worker as a literal of JavaScript. */
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
