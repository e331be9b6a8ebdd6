import { fromFileUrl } from "@std/path/from-file-url";
import { dirname } from "@std/path/dirname";
import { join } from "@std/path/join";
import * as esbuild from "npm:esbuild@0.28.2";
import { withoutVersion } from "./named_packages.ts";

const root = fromFileUrl(new URL("../../", import.meta.url));

/**
 * The oldest release of Node that the package supports; undici 7 requires it. Before 20.12, a program that
 * used `fetch` could hang at exit: https://github.com/nodejs/node/issues/49344.
 */
export const OLDEST_NODE = "20.18.1";

/** Options of {@linkcode bundle}. */
export interface BundleOptions {
  /** The source of each file to write, by its name without `.js`. */
  readonly entryPoints: Readonly<Record<string, string>>;
  /** The directory to write to. */
  readonly outdir: string;
  /** Plugins that run before the usual ones. */
  readonly plugins?: readonly esbuild.Plugin[];
  /** Files whose exports replace globals. */
  readonly inject?: readonly string[];
}

/** The content of a bundle. */
export interface Bundle {
  /** The packages that it imports. */
  readonly packages: ReadonlySet<string>;
  /** The files of packages that it contains. */
  readonly held: ReadonlySet<string>;
  /** The sources that each source imports, by path. */
  readonly imports: ReadonlyMap<string, readonly string[]>;
}

/**
 * Bundles code for Node: `src/platform/node/` replaces `src/platform/deno/`, `@std` is inlined, and
 * other packages remain imports.
 */
export async function bundle(
  { entryPoints, outdir, plugins = [], inject = [] }: BundleOptions,
): Promise<Bundle> {
  const held = new Set<string>();
  const { metafile } = await esbuild.build({
    absWorkingDir: root,
    entryPoints: { ...entryPoints },
    outdir,
    chunkNames: "chunk-[hash]",
    bundle: true,
    splitting: true,
    format: "esm",
    platform: "node",
    target: `node${OLDEST_NODE}`,
    packages: "external",
    // The command has its own entry point.
    define: { "import.meta.main": "false" },
    sourcemap: true,
    keepNames: true,
    metafile: true,
    plugins: [
      ...plugins,
      nodePlatform,
      packagesNamed,
      versionAlone,
      textImports,
      denoPackages((path) => held.add(path)),
    ],
    inject: [...inject],
  });
  const imported = Object.values(metafile.outputs)
    .flatMap(({ imports }) => imports)
    .filter(({ external, path }) => external && !path.startsWith("node:"));
  return {
    packages: new Set(imported.map(({ path }) => packageOf(path))),
    held,
    imports: new Map(
      Object.entries(metafile.inputs).map(([file, { imports }]) =>
        [file, imports.map(({ path }) => path)] as const
      ),
    ),
  };
}

/** Stops esbuild, which otherwise keeps the process running. */
export function stopBundling(): Promise<void> {
  return esbuild.stop();
}

/** Imports of `platform/deno/X.ts`, which `platform/node/X.ts` replaces on Node. */
export const PLATFORM_IMPORT = /^\.{1,2}\/(?:.+\/)?deno\/\w+\.ts$/;

const nodePlatform: esbuild.Plugin = {
  name: "node-platform",
  setup: ({ onResolve }) =>
    onResolve({ filter: PLATFORM_IMPORT }, ({ path, resolveDir }) => ({
      path: forNode(join(resolveDir, path)),
    })),
};

/** The path of the file that replaces one of `platform/deno/` on Node. */
export function forNode(path: string): string {
  return path.replace(/\bdeno(?=[\\/]\w+\.ts$)/, "node");
}

/** A package of 46 MB that requires a newer Node: the one file that is used is inlined. */
const HELD = /^npm:@cortex-js\/compute-engine@/;

/** Turns imports of `npm:name@version` into imports of `name`. The replacement of `@std` is bundled instead. */
const packagesNamed: esbuild.Plugin = {
  name: "packages-named",
  setup: ({ onResolve }) =>
    onResolve(
      { filter: /^npm:/ },
      ({ path, importer }) =>
        importer.startsWith(join(root, "links")) || HELD.test(path)
          ? null
          : { path: withoutVersion(path), external: true },
    ),
};

/** Reduces `deno.json` to the version, which is all that the program needs. */
export const versionAlone: esbuild.Plugin = {
  name: "version-alone",
  setup: ({ onLoad }) =>
    onLoad({ filter: /[\\/]deno\.json$/ }, async ({ path }) => {
      const { version } = JSON.parse(await Deno.readTextFile(path));
      return { contents: JSON.stringify({ version }), loader: "json" };
    }),
};

/** Inlines files that are imported as text: Node does not support such imports. */
export const textImports: esbuild.Plugin = {
  name: "text-imports",
  setup: ({ onLoad }) =>
    onLoad(
      { filter: /()/ },
      async ({ path, with: { type } }) =>
        type === "text"
          ? { contents: await Deno.readTextFile(path), loader: "text" }
          : null,
    ),
};

/**
 * Resolves `@std` and npm packages as Deno does, under names without this machine's paths.
 *
 * @param onFile Called with the path of each file of an npm package.
 */
export const denoPackages = (
  onFile: (path: string) => void,
): esbuild.Plugin => ({
  name: "deno-packages",
  setup: ({ onResolve, onLoad }) => {
    onResolve({ filter: /^@std\// }, ({ path }) => ({
      path: fromFileUrl(import.meta.resolve(path)),
    }));
    onResolve({ filter: /^npm:/ }, async ({ path }) => {
      // Deno downloads the package if it is missing.
      await import(path);
      return fileOfPackage(
        path.slice("npm:".length),
        fromFileUrl(import.meta.resolve(path)),
      );
    });
    onResolve(
      { filter: /^\./, namespace: "npm" },
      ({ path, importer, pluginData }) =>
        fileOfPackage(
          join(dirname(importer), path),
          join(dirname(pluginData.file), path),
        ),
    );
    onLoad({ filter: /()/, namespace: "npm" }, async ({ pluginData }) => {
      onFile(pluginData.file);
      return { contents: await Deno.readTextFile(pluginData.file), pluginData };
    });
  },
});

function fileOfPackage(path: string, file: string): esbuild.OnResolveResult {
  return { path, namespace: "npm", pluginData: { file }, sideEffects: false };
}

function packageOf(specifier: string): string {
  return specifier.split("/", specifier.startsWith("@") ? 2 : 1).join("/");
}
