import { fromFileUrl } from "@std/path/from-file-url";
import { relative } from "@std/path/relative";
import { CHECKOUT_FLAGS, ROOT } from "./run_script.ts";

interface Info {
  readonly modules: readonly {
    readonly specifier: string;
    readonly dependencies?: readonly {
      readonly code?: { readonly specifier?: string };
      readonly isDynamic?: boolean;
    }[];
  }[];
}

/** The imports of each file of this project, without types, as paths from the root. */
export type ModuleGraph = ReadonlyMap<string, ReadonlySet<string>>;

/**
 * Returns the imports of a file and of all files that it reaches, from `deno info --json`.
 *
 * @param options `includesDynamic`: whether to include what `import()` loads.
 */
export async function moduleGraph(
  entry: string,
  { includesDynamic = true } = {},
): Promise<ModuleGraph> {
  const { stdout } = await new Deno.Command(Deno.execPath(), {
    args: ["info", "--json", ...CHECKOUT_FLAGS, entry],
    cwd: ROOT,
    stdout: "piped",
  }).output();
  const info: Info = JSON.parse(new TextDecoder().decode(stdout));
  const graph = new Map<string, Set<string>>();
  for (const { specifier, dependencies = [] } of info.modules) {
    const file = projectFile(specifier);
    if (file === null) continue;
    const imports = dependencies
      .filter(({ isDynamic = false }) => includesDynamic || !isDynamic)
      .map(({ code }) => projectFile(code?.specifier ?? ""))
      .filter((path) => path !== null);
    graph.set(file, new Set(imports));
  }
  return graph;
}

/** Returns all files that a file reaches through imports, including itself. */
export function reachable(graph: ModuleGraph, from: string): Set<string> {
  const found = new Set([from]);
  for (const file of found) {
    for (const imported of graph.get(file) ?? []) found.add(imported);
  }
  return found;
}

function projectFile(specifier: string): string | null {
  if (!specifier.startsWith("file:")) return null;
  const path = relative(ROOT, fromFileUrl(specifier)).replaceAll("\\", "/");
  return path.startsWith("..") || path.startsWith("links/") ? null : path;
}
