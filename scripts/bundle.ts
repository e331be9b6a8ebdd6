/**
 * Bundles the command `rollouts` into one file, `dist/rollouts.js` or the argument, that runs on Deno and
 * on Node. It contains its workers, its packages and their licenses.
 *
 * It uses esbuild, as the package for Node does, because `deno bundle` has no plugins: one makes the file
 * choose between Deno and Node, another puts the workers into it.
 *
 * @module
 */

import { builtinModules } from "node:module";
import { dirname } from "@std/path/dirname";
import { fromFileUrl } from "@std/path/from-file-url";
import { join } from "@std/path/join";
import { resolve } from "@std/path/resolve";
import * as esbuild from "npm:esbuild@0.28.2";
import {
  denoPackages,
  OLDEST_NODE,
  textImports,
  versionAlone,
} from "./npm/bundle.ts";
import { bothRuntimes } from "./one_file/both_runtimes.ts";
import {
  installedPackages,
  packagesNamedInSources,
} from "./one_file/installed_packages.ts";
import { licenses } from "./one_file/licenses.ts";
import { workerTexts } from "./one_file/worker_texts.ts";

const root = fromFileUrl(new URL("../", import.meta.url));
const outfile = resolve(Deno.args[0] ?? join(root, "dist/rollouts.js"));

/** Adds `node:` to imports of Node's modules in packages, which Deno requires. */
const nodeModules: esbuild.Plugin = {
  name: "node-modules",
  setup: ({ onResolve }) =>
    onResolve(
      { filter: /^[\w/]+$/ },
      ({ path }) =>
        builtinModules.includes(path)
          ? { path: `node:${path}`, external: true }
          : null,
    ),
};

/** The files of packages that the bundle contains. */
const others = new Set<string>();
const stage = await Deno.makeTempDir({ prefix: "rollouts-bundle-" });
try {
  const { outputFiles, metafile } = await esbuild.build({
    absWorkingDir: root,
    nodePaths: [await installedPackages(stage)],
    entryPoints: ["src/cli/main.ts"],
    outfile,
    bundle: true,
    minify: true,
    write: false,
    metafile: true,
    format: "esm",
    platform: "node",
    target: `node${OLDEST_NODE}`,
    define: { "import.meta.main": "true" },
    // CommonJS packages call `require()`, which an ES module does not have.
    banner: {
      js:
        'import { createRequire as _createRequire } from "node:module"; const require = _createRequire(import.meta.url);',
    },
    legalComments: "none",
    plugins: [
      workerTexts,
      bothRuntimes,
      packagesNamedInSources,
      nodeModules,
      versionAlone,
      textImports,
      denoPackages((file) => others.add(file)),
    ],
  });
  const [{ text }] = outputFiles as [esbuild.OutputFile];
  for (const input of Object.keys(metafile.inputs)) {
    if (input.includes("node_modules")) others.add(join(root, input));
  }
  const notices = [
    await Deno.readTextFile(join(root, "LICENSE")),
    await Deno.readTextFile(join(root, "THIRD_PARTY_LICENSES.md")),
    licenses(others),
  ].join("\n\n").replaceAll("*/", "* /");
  await Deno.mkdir(dirname(outfile), { recursive: true });
  await Deno.writeTextFile(outfile, `${text}/*\n${notices}\n*/\n`);
} finally {
  await esbuild.stop();
  await Deno.remove(stage, { recursive: true });
}
