/**
 * Makes the command `rollouts` one file, `dist/rollouts.js`, that runs under Deno and under Node: it holds
 * its workers, its packages, and their licences. An argument names another file.
 *
 * It is made by esbuild, as the package for Node is. `deno bundle` would do too, but knows no plugins,
 * with which one file gets what differs between Deno and Node, and a worker its text.
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
import { licences } from "./one_file/licences.ts";
import { workerTexts } from "./one_file/worker_texts.ts";

const root = fromFileUrl(new URL("../", import.meta.url));
const outfile = resolve(Deno.args[0] ?? join(root, "dist/rollouts.js"));

/** Packages name Node's modules in the old way, which Deno does not take. */
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

/** What is loaded by a computed address elsewhere is in the one file. */
const wholeQueue: esbuild.Plugin = {
  name: "whole-queue",
  setup: ({ onResolve }) =>
    onResolve({ filter: /\/load_queue_outlet\.ts$/ }, ({ importer }) => {
      const path = join(root, "src/platform/node/load_queue_outlet.ts");
      return importer === path ? null : { path };
    }),
};

/** The files of other packages that are in it. */
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
    // What packages of CommonJS require of Node, a module cannot without it.
    banner: {
      js:
        'import { createRequire as _createRequire } from "node:module"; const require = _createRequire(import.meta.url);',
    },
    legalComments: "none",
    plugins: [
      workerTexts,
      wholeQueue,
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
    licences(others),
  ].join("\n\n").replaceAll("*/", "* /");
  await Deno.mkdir(dirname(outfile), { recursive: true });
  await Deno.writeTextFile(outfile, `${text}/*\n${notices}\n*/\n`);
} finally {
  await esbuild.stop();
  await Deno.remove(stage, { recursive: true });
}
