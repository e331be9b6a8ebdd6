import { walkSync } from "@std/fs/walk";
import { fromFileUrl } from "@std/path/from-file-url";
import { join } from "@std/path/join";
import { relative } from "@std/path/relative";
import type * as esbuild from "npm:esbuild@0.28.2";
import { bundle } from "../../scripts/npm/bundle.ts";
import { NOT_ON_NODE } from "./not_on_node.ts";

const root = fromFileUrl(new URL("../../", import.meta.url));

/** The import specifiers of the package's entry points, by source. */
const ENTRY_POINTS: Readonly<Record<string, string>> = {
  "mod.ts": "@rollouts/client",
  "src/cli/main.ts": "@rollouts/client/cli",
  "src/queue/mod.ts": "@rollouts/client/queue",
  "src/resampling/mod.ts": "@rollouts/client/resampling",
  "src/testing/mod.ts": "@rollouts/client/testing",
};

/** The built tests. */
export interface BuiltTests {
  /** The built files, by source. */
  readonly files: ReadonlyMap<string, string>;
  /** The sources of the tests whose subject may differ between releases of Node. */
  readonly platformTests: ReadonlySet<string>;
  /** The npm packages that the tests import. */
  readonly packages: ReadonlySet<string>;
}

/**
 * Builds the unit, integration and long tests for Node. A test that imports only entry points runs
 * against the installed package. A test that imports internals is bundled with the sources, as the
 * package is.
 */
export async function buildTests(outdir: string): Promise<BuiltTests> {
  const inject = [join(root, "tests/npm/node/deno_global.ts")];
  const all = testFiles();
  const outside = await bundle({
    entryPoints: named(all),
    outdir: join(outdir, "outside"),
    plugins: [installedPackage, testSources],
    inject,
  });
  const isInner = (file: string) =>
    [...reached(file, outside.imports)].some((path) => path.startsWith("src/"));
  const inner = all.filter(isInner);
  const built = await bundle({
    entryPoints: {
      ...named(inner),
      "rollouts-worker": "workers/node.ts",
    },
    outdir: join(outdir, "inside"),
    plugins: [testSources],
    inject,
  });
  return {
    files: new Map(all.map((file) => {
      const place = isInner(file) ? "inside" : "outside";
      return [file, join(outdir, place, `${nameOf(file)}.js`)];
    })),
    platformTests: new Set(
      all.filter((file) => usesPlatform(file, outside.imports)),
    ),
    packages: new Set([...outside.packages, ...built.packages]),
  };
}

/** The platform layer, the command, the workers, and the viewer, which needs SQLite. */
const PLATFORM =
  /^src\/(?:cli|platform|transport|viewer)\/|\/(?:run_cli|node_tests\/\w+)\.ts$/;

/**
 * Whether a fast test, or a support file that it imports, imports a part that depends on Node. The
 * long tests do the same with more samples.
 */
function usesPlatform(
  test: string,
  imports: ReadonlyMap<string, readonly string[]>,
): boolean {
  if (test.startsWith("tests/long/")) return false;
  const ownFiles = new Map(
    [...imports].filter(([file]) => file.startsWith("tests/")),
  );
  return [...reached(test, ownFiles)].some((file) => PLATFORM.test(file));
}

/** Lists the tests to run on Node. Tests that take long or wait for other programs start first. */
function testFiles(): string[] {
  return ["long", "integration", "worker", "unit", "npm/node_tests"].flatMap((
    folder,
  ) =>
    [...walkSync(join(root, "tests", folder), { includeDirs: false })]
      .map(({ path }) => relative(root, path).replaceAll("\\", "/"))
  ).filter((file) => NOT_ON_NODE.files[file] === undefined);
}

function named(files: readonly string[]): Record<string, string> {
  return Object.fromEntries(files.map((file) => [nameOf(file), file]));
}

function nameOf(file: string): string {
  return file.replace(/^tests\//, "").replace(/\.ts$/, "");
}

function reached(
  from: string,
  imports: ReadonlyMap<string, readonly string[]>,
): Set<string> {
  const found = new Set([from]);
  for (const file of found) {
    for (const path of imports.get(file) ?? []) found.add(path);
  }
  return found;
}

const installedPackage: esbuild.Plugin = {
  name: "installed-package",
  setup: ({ onResolve }) =>
    onResolve({ filter: /^\.{1,2}\/.*\.ts$/ }, ({ path, resolveDir }) => {
      const source = relative(root, join(resolveDir, path));
      const name = ENTRY_POINTS[source.replaceAll("\\", "/")];
      return name === undefined ? null : { path: name, external: true };
    }),
};

/** The files of `tests/support/` that have a replacement for Node. */
const TWINS = /\/(script_command|program_env)\.ts$/;

/** Lets built tests read files relative to their sources, and start programs with Node. */
const testSources: esbuild.Plugin = {
  name: "test-sources",
  setup: ({ onResolve, onLoad }) => {
    onResolve({ filter: TWINS }, ({ path, importer }) => {
      const [name] = path.match(/[^/]+$/)!;
      const twin = join(root, "tests/npm/node", name);
      return importer === twin ? null : { path: twin };
    });
    onResolve({ filter: /^@std\/fs\/walk$/ }, () => ({
      path: join(root, "tests/npm/node/walk.ts"),
    }));
    onLoad(
      {
        filter:
          /[\\/]tests[\\/](unit|worker|integration|long|support|chaos|bench)[\\/].*\.ts$/,
      },
      async ({ path }) => ({
        contents: (await Deno.readTextFile(path))
          .replaceAll("import.meta.url", JSON.stringify(`file://${path}`)),
        loader: "ts",
      }),
    );
  },
};
