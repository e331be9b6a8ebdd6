/**
 * Builds the pages that run in a browser from `web/`: `src/resampling/report/anchors_page.html` and
 * `src/viewer/viewer_page.html`. Each is one file with its script, its style, and a policy that allows
 * nothing else; comments such as `<!-- data -->` mark where the program inserts data. The built files
 * are in the repository because the published package can neither bundle nor read other files.
 *
 * With `--check` it writes nothing and fails if a file is not up to date.
 *
 * @module
 */

import { fromFileUrl } from "@std/path/from-file-url";
import { join } from "@std/path/join";
import * as esbuild from "npm:esbuild@0.28.2";
import { commandOutput } from "./command_output.ts";
import { updateFile } from "./update_file.ts";

interface Page {
  /** Path of the entry point of the page's script, next to `page.html` and `style.css`. */
  readonly entry: string;
  readonly target: string;
}

const PAGES: readonly Page[] = [
  {
    entry: "web/anchors/main.ts",
    target: "src/resampling/report/anchors_page.html",
  },
  { entry: "web/viewer/main.tsx", target: "src/viewer/viewer_page.html" },
];

/** Parts of d3 that Plot imports and the pages do not use: maps and color schemes. */
const UNUSED = /[/\\](?:d3-geo|d3-scale-chromatic)[/\\]/;

const root = fromFileUrl(new URL("../", import.meta.url));

for (const page of PAGES) {
  const target = join(root, page.target);
  await updateFile(target, await build(page), "run deno task pages");
}
await esbuild.stop();

async function build(page: Page): Promise<string> {
  const entry = join(root, page.entry);
  const script = await bundled(entry, [
    npmPackages(await packageFolders(entry)),
  ]);
  const style = await bundled(join(entry, "../style.css"), []);
  const frame = await Deno.readTextFile(join(entry, "../page.html"));
  const slots: Readonly<Record<string, string>> = {
    policy: `<meta http-equiv="Content-Security-Policy" content="${await policy(
      style,
      script,
    )}">`,
    style: `<style>${style}</style>`,
    script: `<script>${script}</script>`,
  };
  return frame.replaceAll(
    /<!-- (\w+) -->/g,
    (comment, name) => slots[name] ?? comment,
  );
}

/** A Content-Security-Policy that allows only this style and this script, and no text as markup. */
async function policy(style: string, script: string): Promise<string> {
  return [
    "default-src 'none'",
    `style-src '${await hash(style)}'`,
    `script-src '${await hash(script)}'`,
    "base-uri 'none'",
    "form-action 'none'",
    "require-trusted-types-for 'script'",
    "trusted-types 'none'",
  ].join("; ");
}

async function hash(text: string): Promise<string> {
  const bytes = new TextEncoder().encode(text);
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
  return `sha256-${digest.toBase64()}`;
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
    // Read from the package's folder, because its map of exports is bypassed.
    mainFields: ["module", "main"],
    plugins,
  });
  return outputFiles[0]!.text.trim();
}

/** Resolves npm packages to Deno's cache: esbuild itself only looks into `node_modules`. */
function npmPackages(folders: ReadonlyMap<string, string>): esbuild.Plugin {
  return {
    name: "npm packages",
    setup(build) {
      build.onResolve(
        { filter: /^(?:npm:)?(?:@[^/]+\/)?[a-z][^/:]*/ },
        async (asked) => {
          const [, name, path = ""] = asked.path
            .match(/^(?:npm:)?((?:@[^/]+\/)?[^/@]+)(?:@[^/]+)?\/?(.*)$/)!;
          const resolveDir = folders.get(name!);
          if (resolveDir === undefined) return undefined;
          const file = await fileOf(resolveDir, path);
          const found = await build.resolve(`./${file}`, {
            resolveDir,
            kind: asked.kind,
          });
          // jsdiff does not declare this, and would be bundled whole.
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

/** The file of a package for a path in it: by its map of exports, unless it names a module for bundlers. */
async function fileOf(folder: string, path: string): Promise<string> {
  const { exports = {}, module } = JSON.parse(
    await Deno.readTextFile(join(folder, "package.json")),
  );
  if (path === "" && module !== undefined) return "";
  const entry = exports[path === "" ? "." : `./${path}`]?.import ??
    (path === "" ? exports.default : undefined);
  return entry?.default ?? entry ?? path;
}

/** The names of `export { default as a, b } from "…"`. */
function exportedNames(text: string): string[] {
  return [...text.matchAll(/export\s*\{([^}]*)\}/g)].flatMap(([, names]) =>
    names!.split(",").map((name) => name.trim().split(" ").at(-1)!)
  );
}

/** The folders in which Deno keeps the packages that a page's script uses, by package name. */
async function packageFolders(
  entry: string,
): Promise<ReadonlyMap<string, string>> {
  const args = ["info", "--quiet", "--json", "--lock=deno.lock", entry];
  const json = await commandOutput(Deno.execPath(), args, root);
  const { npmPackages }: {
    npmPackages: Record<string, { name: string; localPath: string }>;
  } = JSON.parse(json);
  return new Map(
    Object.values(npmPackages).map(({ name, localPath }) => [name, localPath]),
  );
}
