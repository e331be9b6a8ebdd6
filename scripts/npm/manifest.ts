import { QUEUE_PACKAGES } from "../../src/cli/queue_packages.ts";
import { OLDEST_NODE } from "./bundle.ts";

/** The fields of `deno.json` that the manifest is built from. */
export interface DenoConfig {
  readonly name: string;
  readonly version: string;
  readonly license: string;
  /** The target of each specifier, such as `npm:string-width@^4.2.3`. */
  readonly imports: Readonly<Record<string, string>>;
}

/** An entry point of the package. */
export interface Entry {
  /** The specifier that users import, such as `./testing`. */
  readonly specifier: string;
  /** The files with its code and its types. */
  readonly files: { readonly code: string; readonly types: string };
}

/** Packages that users install themselves, only for a queue. */
const OF_QUEUES: ReadonlySet<string> = new Set(QUEUE_PACKAGES);

/**
 * Builds the `package.json`. The packages that the code imports are its dependencies; those that
 * only a queue needs are optional peer dependencies.
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
      "Samples language models with many seeds through OpenRouter, caches every response, and continues reasoning that you prefill",
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
    // A range, because the user may already have another version.
    peerDependencies: Object.fromEntries(
      ofQueues.map((name) => [name, `^${versionOf(name, imports)}`]),
    ),
    peerDependenciesMeta: Object.fromEntries(
      ofQueues.map((name) => [name, { optional: true }]),
    ),
  };
}

/**
 * Returns the version of a package in the imports of a `deno.json`.
 *
 * @throws {Error} If it is missing.
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
