import { QUEUE_PACKAGES } from "../../src/platform/node/queue_not_loaded.ts";
import { OLDEST_NODE } from "./bundle.ts";

/** What the manifest is made from: the parts of `deno.json` that tell. */
export interface DenoConfig {
  readonly name: string;
  readonly version: string;
  readonly license: string;
  /** What each specifier stands for, such as `npm:cli-progress@^3.12.0`. */
  readonly imports: Readonly<Record<string, string>>;
}

/** An entry point of the package. */
export interface Entry {
  /** What is imported, such as `./testing`. */
  readonly specifier: string;
  /** The file of its code, and of its types. */
  readonly files: { readonly code: string; readonly types: string };
}

/** What only who uses a queue of many machines needs, and installs beside. */
const OF_QUEUES: ReadonlySet<string> = new Set(QUEUE_PACKAGES);

/**
 * The `package.json`: the packages that the code imports are its dependencies, and no others; those that
 * queues need are asked of who uses them.
 */
export function manifest(
  { name, version, license, imports }: DenoConfig,
  { entries, bin, packages }: {
    readonly entries: readonly Entry[];
    readonly bin: string;
    readonly packages: Iterable<string>;
  },
): Record<string, unknown> {
  const needed = [...packages].sort();
  const versioned = (names: readonly string[]) =>
    Object.fromEntries(names.map((name) => [name, versionOf(name, imports)]));
  const ofQueues = needed.filter((name) => OF_QUEUES.has(name));
  return {
    name,
    version,
    description:
      "Samples language models many times through OpenRouter, with their chain of thought in hand; a sample once paid is never lost, and never bought twice",
    keywords: ["openrouter", "llm", "chain-of-thought", "sampling", "rollouts"],
    license,
    type: "module",
    sideEffects: false,
    engines: { node: `>=${OLDEST_NODE}` },
    bin: { rollouts: bin },
    exports: Object.fromEntries([
      ...entries.map(({ specifier, files: { types, code } }) =>
        [specifier, { types, default: code }] as const
      ),
      ["./package.json", "./package.json"],
    ]),
    dependencies: versioned(needed.filter((name) => !OF_QUEUES.has(name))),
    // Who has them already has perhaps others of their versions.
    peerDependencies: Object.fromEntries(
      ofQueues.map((name) => [name, `^${versionOf(name, imports)}`]),
    ),
    peerDependenciesMeta: Object.fromEntries(
      ofQueues.map((name) => [name, { optional: true }]),
    ),
  };
}

/**
 * The version of a package, as the imports of a `deno.json` name it.
 *
 * @throws {Error} Where they do not.
 */
export function versionOf(
  name: string,
  imports: DenoConfig["imports"],
): string {
  for (const target of Object.values(imports)) {
    const [, found, version] =
      target.match(/^npm:\/?((?:@[^/]+\/)?[^@/]+)@([^/]+)/) ?? [];
    if (found === name && version !== undefined) return version;
  }
  throw new Error(`deno.json names no version of ${name}`);
}
