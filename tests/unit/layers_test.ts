import { assert, assertEquals } from "@std/assert";
import { walkSync } from "@std/fs/walk";
import { dirname } from "@std/path/dirname";
import { join } from "@std/path/join";
import { relative } from "@std/path/relative";
import { moduleGraph, reachable } from "../support/module_graph.ts";
import { ROOT } from "../support/run_script.ts";

/** A file imports only from its own layer and from earlier ones, types included. */
const LAYERS = [
  "src",
  "src/util",
  "src/platform",
  "src/options",
  "src/request",
  "src/completion",
  "src/cache",
  "src/scheduler",
  "src/transport",
  "src/catalog",
  "src/prefill",
  "src/resampling",
  "src/client",
  "src/viewer",
  "src/queue",
  "src/testing",
  "src/cli",
];

/** How many files of this project `mod.ts` loads before anything is called. */
const MAX_LOADED = 118;

/** The files of `src` and `workers`, each with the project's files that it imports. */
const imports = new Map([...importsIn("src"), ...importsIn("workers")]);

/** The same for the pages that run in a browser. */
const pageImports = new Map(importsIn("web"));

function importsIn(folder: string): [file: string, names: readonly string[]][] {
  return [...walkSync(join(ROOT, folder), { includeDirs: false })]
    .filter(({ path }) => /\.tsx?$/.test(path))
    .map(({ path }) => [fromRoot(path), importsOf(path)]);
}

function importsOf(path: string): readonly string[] {
  const found = codeOf(path).matchAll(
    /\b(?:from|import)\s*\(?\s*"(\.{1,2}\/[^"]+)"/g,
  );
  return [...found].map(([, name]) => fromRoot(join(dirname(path), name!)));
}

function codeOf(path: string): string {
  return Deno.readTextFileSync(path)
    .replaceAll(/\/\*[^]*?\*\/|^\s*\/\/.*/gm, "");
}

function fromRoot(path: string): string {
  return relative(ROOT, path).replaceAll("\\", "/");
}

function layerOf(file: string): number {
  const [, folder] = file.match(/^(src(?:\/\w+(?=\/))?)/) ?? [];
  return LAYERS.indexOf(folder ?? "");
}

Deno.test("a file imports only from its own layer and earlier ones", () => {
  const found = [...imports].flatMap(([file, names]) =>
    names
      .filter((name) => name.startsWith("src/") && file.startsWith("src/"))
      .filter((name) => layerOf(name) > layerOf(file))
      .map((name) => `${file} ${name}`)
  );
  assertEquals(found, []);
  for (const file of imports.keys()) {
    assert(layerOf(file) >= 0 || file.startsWith("workers/"), file);
  }
});

Deno.test("no file imports itself indirectly, not even for types", () => {
  const graph = new Map(
    [...imports, ...pageImports].map((
      [file, names],
    ) => [file, new Set(names)]),
  );
  for (const [file, names] of graph) {
    const back = [...names].filter((name) => reachable(graph, name).has(file));
    assertEquals(back, [], file);
  }
});

Deno.test("no file of src, workers or web is longer than 300 lines", () => {
  for (const file of [...imports.keys(), ...pageImports.keys()]) {
    const lines = Deno.readTextFileSync(join(ROOT, file)).split("\n").length;
    assert(lines <= 301, `${file}: ${lines - 1} lines`);
  }
});

Deno.test("only the platform and the workers use Deno or process", () => {
  for (const file of imports.keys()) {
    if (/^(src\/platform|workers)\//.test(file)) continue;
    assert(!/\b(Deno|process)\./.test(codeOf(join(ROOT, file))), file);
  }
});

Deno.test("an entry point reaches every file of src and workers", async () => {
  const entries = [
    "mod.ts",
    "src/cli/main.ts",
    "src/queue/mod.ts",
    "src/resampling/mod.ts",
    "src/testing/mod.ts",
    "workers/openrouter.ts",
  ];
  const reached = new Set<string>();
  for (const entry of entries) {
    for (const file of (await moduleGraph(entry)).keys()) reached.add(file);
  }
  // What only the npm package has is not published to JSR.
  const { publish } = JSON.parse(
    Deno.readTextFileSync(join(ROOT, "deno.json")),
  );
  const isForNode = (file: string) =>
    publish.exclude.some((path: string) => file.startsWith(path));
  const unreached = [...imports.keys()]
    .filter((file) => !isForNode(file) && !reached.has(file));
  assertEquals(unreached, []);
});

Deno.test("mod.ts loads no file of cli, viewer, queue or testing", async () => {
  const found = [...(await moduleGraph("mod.ts")).keys()]
    .filter((file) => /^src\/(cli|viewer|queue|testing)\//.test(file));
  assertEquals(found, []);
});

Deno.test("mod.ts loads only what a call with cached samples needs", async () => {
  const graph = await moduleGraph("mod.ts", { includesDynamic: false });
  const files = [...reachable(graph, "mod.ts")];
  // Each adds 0.15 ms to the start of a process that only reads its cache.
  assert(files.length <= MAX_LOADED, files.join("\n"));
  assert(files.includes("src/cache/sample_reader.ts"));
});
