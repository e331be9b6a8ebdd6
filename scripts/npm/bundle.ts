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

/** What is bundled. */
export interface BundleOptions {
  /** The files to write, without `.js`, and what each is made of. */
  readonly entryPoints: Readonly<Record<string, string>>;
  /** Where they are written. */
  readonly outdir: string;
  /** How else files are found, before the usual ways. */
  readonly plugins?: readonly esbuild.Plugin[];
  /** Files whose exports stand for globals. */
  readonly inject?: readonly string[];
}

/** What is in a bundle. */
export interface Bundle {
  /** The packages that it imports and does not hold. */
  readonly packages: ReadonlySet<string>;
  /** The files of packages that are in it. */
  readonly held: ReadonlySet<string>;
  /** Its sources by their paths, each with the sources that it imports. */
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
    // The command has a file of its own.
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

/** Ends what bundles; the program would not end else. */
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

/** Of a package of 46 MB, which asks for a newer Node than is needed here, the one file that is used is put in. */
const HELD = /^npm:@cortex-js\/compute-engine@/;

/** Imports like `npm:name@version` become imports of `name`. What stands in for `@std` is bundled instead. */
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

/** Of `deno.json` the program needs the version alone. */
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
 * Finds `@std` where Deno does; what that comes from gets a name without this machine's paths.
 *
 * @param onFile Is told the path of each file that comes from a package of npm.
 */
export const denoPackages = (
  onFile: (path: string) => void = () => {},
): esbuild.Plugin => ({
  name: "deno-packages",
  setup: ({ onResolve, onLoad }) => {
    onResolve({ filter: /^@std\// }, ({ path }) => ({
      path: fromFileUrl(import.meta.resolve(path)),
    }));
    onResolve({ filter: /^npm:/ }, async ({ path }) => {
      // Deno brings a package that is not there yet.
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
