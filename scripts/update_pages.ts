/**
 * Writes `src/resampling/report/anchors_page.ts` and `src/viewer/viewer_page.ts` anew from `web/`: of each page the
 * script that runs in a browser, bundled to one text, its style, and the frame they stand in. What is
 * published cannot read files beside itself, nor bundle, so the texts are kept as modules, and a test
 * holds them against their source.
 *
 * It runs with `--config tests/deno.json`, which names the bundler.
 * `--check` writes nothing and fails where a file is not what it would write.
 *
 * @module
 */

import { fromFileUrl } from "@std/path/from-file-url";
import { join } from "@std/path/join";
import * as esbuild from "esbuild";

interface Page {
  /** The folder below `web/`. */
  readonly folder: string;
  readonly entry: string;
  readonly target: string;
  readonly name: string;
  readonly doc: string;
}

const PAGES: readonly Page[] = [
  {
    folder: "anchors",
    entry: "main.ts",
    target: "src/resampling/report/anchors_page.ts",
    name: "ANCHORS_PAGE",
    doc:
      "The page of a report: its frame, with comments for what is put in, its style and its script.",
  },
  {
    folder: "viewer",
    entry: "main.tsx",
    target: "src/viewer/viewer_page.ts",
    name: "VIEWER_PAGE",
    doc:
      "The viewer's page: its frame, with comments for what is put in, its style and its script.",
  },
];

/** Parts of d3 that Plot imports and the pages do not use: maps, and schemes of colours. */
const UNUSED = /[/\\](?:d3-geo|d3-scale-chromatic)[/\\]/;

const root = fromFileUrl(new URL("../", import.meta.url));

for (const page of PAGES) {
  const target = join(root, page.target);
  const text = await moduleOf(page);
  if (!Deno.args.includes("--check")) {
    await Deno.writeTextFile(target, text);
  } else if (await Deno.readTextFile(target) !== text) {
    console.error(`${target} is not what scripts/update_pages.ts writes`);
    Deno.exitCode = 1;
  }
}
await esbuild.stop();

async function moduleOf(page: Page): Promise<string> {
  const source = join(root, "web", page.folder);
  const entry = join(source, page.entry);
  const script = await bundled(entry, [
    npmPackages(await packageFolders(entry)),
  ]);
  const style = await bundled(join(source, "style.css"), []);
  const frame = await Deno.readTextFile(join(source, "page.html"));
  return `// deno-fmt-ignore-file
// Written by scripts/update_pages.ts from web/${page.folder}: not to be edited by hand.

/** ${page.doc} */
export const ${page.name} = {
  frame: ${JSON.stringify(frame)},
  style: ${JSON.stringify(style)},
  script: ${JSON.stringify(script)},
};
`;
}

async function bundled(
  entry: string,
  plugins: esbuild.Plugin[],
): Promise<string> {
  const { outputFiles } = await esbuild.build({
    entryPoints: [entry],
    bundle: true,
    minify: true,
    write: false,
    format: "iife",
    target: "es2022",
    jsx: "automatic",
    jsxImportSource: "preact",
    legalComments: "none",
    // Of a folder that was found so, not of the map of its exports.
    mainFields: ["module", "main"],
    plugins,
  });
  return outputFiles[0]!.text.trim();
}

/** Finds packages where Deno keeps them: esbuild itself knows no folder but `node_modules`. */
function npmPackages(folders: ReadonlyMap<string, string>): esbuild.Plugin {
  return {
    name: "npm packages",
    setup(build) {
      build.onResolve(
        { filter: /^(?:@[^/]+\/)?[a-z][^/:]*/ },
        async (asked) => {
          const [, name, path = ""] = asked.path
            .match(/^((?:@[^/]+\/)?[^/]+)\/?(.*)$/)!;
          const resolveDir = folders.get(name!);
          if (resolveDir === undefined) return undefined;
          const found = await build.resolve(`./${path}`, {
            resolveDir,
            kind: asked.kind,
          });
          // jsdiff does not say so itself, and would come whole.
          return { ...found, sideEffects: false };
        },
      );
      build.onLoad({ filter: UNUSED }, async ({ path }) => ({
        contents: exportedNames(await Deno.readTextFile(path))
          .map((name) => `export const ${name} = () => {};`).join("\n"),
      }));
    },
  };
}

/** The names of `export { default as a, b } from "…"`. */
function exportedNames(text: string): string[] {
  return [...text.matchAll(/export\s*\{([^}]*)\}/g)].flatMap(([, names]) =>
    names!.split(",").map((name) => name.trim().split(" ").at(-1)!)
  );
}

/** Where Deno keeps the packages that a page's script uses, by name. */
async function packageFolders(
  entry: string,
): Promise<ReadonlyMap<string, string>> {
  const { success, stdout } = await new Deno.Command(Deno.execPath(), {
    args: ["info", "--quiet", "--json", "--config", "web/deno.json", entry],
    cwd: root,
    stderr: "inherit",
  }).output();
  if (!success) throw new Error(`deno info knows nothing of ${entry}`);
  const { npmPackages }: {
    npmPackages: Record<string, { name: string; localPath: string }>;
  } = JSON.parse(new TextDecoder().decode(stdout));
  return new Map(
    Object.values(npmPackages).map(({ name, localPath }) => [name, localPath]),
  );
}
