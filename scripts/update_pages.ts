/**
 * Writes `src/report/anchors_page.ts` anew from `pages/anchors/`: the script that runs in a browser,
 * bundled to one text, its style, and the frame they stand in. What is published cannot read files
 * beside itself, nor bundle, so the texts are kept as a module, and a test holds them against their source.
 *
 * It runs with `--config tests/deno.json`, which names the bundler.
 * `--check` writes nothing and fails where the file is not what it would write.
 *
 * @module
 */

import { fromFileUrl } from "@std/path/from-file-url";
import { join } from "@std/path/join";
import * as esbuild from "esbuild";

const root = fromFileUrl(new URL("../", import.meta.url));
const source = join(root, "pages/anchors");
const target = join(root, "src/report/anchors_page.ts");

const script = await bundled("main.ts");
const style = await bundled("style.css");
await esbuild.stop();
const frame = await Deno.readTextFile(join(source, "page.html"));
const text = `// deno-fmt-ignore-file
// Written by scripts/update_pages.ts from pages/anchors: not to be edited by hand.

/** The page of a report: its frame, with comments for what is put in, its style and its script. */
export const ANCHORS_PAGE = {
  frame: ${JSON.stringify(frame)},
  style: ${JSON.stringify(style)},
  script: ${JSON.stringify(script)},
};
`;

if (!Deno.args.includes("--check")) {
  await Deno.writeTextFile(target, text);
} else if (await Deno.readTextFile(target) !== text) {
  console.error(`${target} is not what scripts/update_pages.ts writes`);
  Deno.exitCode = 1;
}

async function bundled(file: string): Promise<string> {
  const { outputFiles } = await esbuild.build({
    entryPoints: [join(source, file)],
    bundle: true,
    minify: true,
    write: false,
    format: "iife",
    target: "es2022",
  });
  return outputFiles[0]!.text.trim();
}
