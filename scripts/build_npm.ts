/**
 * Builds `npm/`, or the directory that an argument names: the package for Node, with types and
 * manifest. It is the same code, with `src/platform/node/` instead of `src/platform/deno/`, and two
 * more entry points, which are not on JSR: the command `src/cli/node_bin.ts` and the worker
 * `workers/node.ts`. It needs nothing that is only on JSR.
 *
 * @module
 */

import { walkSync } from "@std/fs/walk";
import { fromFileUrl } from "@std/path/from-file-url";
import { join } from "@std/path/join";
import { resolve } from "@std/path/resolve";
import { copyTree } from "./copy_tree.ts";
import { bundle, stopBundling } from "./npm/bundle.ts";
import { writeDeclarations } from "./npm/declarations.ts";
import { manifest } from "./npm/manifest.ts";
import { namedPackages } from "./npm/named_packages.ts";
import { trimMaps } from "./npm/trim_maps.ts";
import { licenses } from "./one_file/licenses.ts";

/** Files and folders that the package contains as they are. */
const DOCUMENTS = [
  "docs",
  "examples",
  "README.md",
  "CHANGELOG.md",
  "CONTRIBUTING.md",
  "SECURITY.md",
  "LICENSE",
];

const root = fromFileUrl(new URL("../", import.meta.url));
const outdir = resolve(Deno.args[0] ?? join(root, "npm"));
const config = JSON.parse(await Deno.readTextFile(join(root, "deno.json")));

/** The sources of the entry points, by their specifiers. */
const sources: [string, string][] = Object.entries(config.exports);
const nameOf = (specifier: string) => specifier.slice(2) || "mod";

await Deno.remove(outdir, { recursive: true }).catch(() => {});
const { packages, held } = await bundle({
  entryPoints: {
    ...Object.fromEntries(
      sources.map(([specifier, source]) => [nameOf(specifier), source]),
    ),
    bin: "src/cli/node_bin.ts",
    "rollouts-worker": "workers/node.ts",
  },
  outdir: join(outdir, "esm"),
});
await stopBundling();
await trimMaps(join(outdir, "esm"));
await writeDeclarations(
  root,
  sources.map(([, source]) => join(source)),
  join(outdir, "types"),
);
const entries = sources.map(([specifier, source]) => ({
  specifier,
  files: {
    code: `./esm/${nameOf(specifier)}.js`,
    types: `./types/${join(source).replace(/\.ts$/, ".d.ts")}`,
  },
}));
const content = manifest(
  { ...config, imports: namedPackages() },
  { entries, packages, bin: "esm/bin.js" },
);
await Deno.writeTextFile(
  join(outdir, "package.json"),
  `${JSON.stringify(content, null, 2)}\n`,
);
for (const name of DOCUMENTS) {
  await copyTree(join(root, name), join(outdir, name));
}
const ours = await Deno.readTextFile(join(root, "THIRD_PARTY_LICENSES.md"));
await Deno.writeTextFile(
  join(outdir, "THIRD_PARTY_LICENSES.md"),
  `${ours}
## Packages of which parts are in the code

\`\`\`text
${licenses(held)}
\`\`\`
`,
);

const sizes = [...walkSync(outdir)].filter(({ isFile }) => isFile)
  .map(({ path }) => Deno.statSync(path).size);
const bytes = sizes.reduce((sum, size) => sum + size, 0);
console.log(
  `Built ${Deno.args[0] ?? "npm"}/ (${sizes.length} files, ${
    Math.round(bytes / 1000)
  } kB)`,
);
