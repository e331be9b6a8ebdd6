import { assert, assertEquals } from "@std/assert";
import { join } from "@std/path/join";
import { moduleGraph } from "../support/module_graph.ts";
import { ROOT } from "../support/run_script.ts";

interface Configuration {
  readonly imports: Readonly<Record<string, string>>;
}

interface Lock {
  readonly npm: Readonly<Record<string, unknown>>;
}

function read(name: string): string {
  return Deno.readTextFileSync(join(ROOT, name));
}

/** What a configuration names, without the path within a package. */
function named(name: string): string[] {
  const { imports }: Configuration = JSON.parse(read(name));
  return Object.keys(imports).map(packageOf);
}

function packageOf(specifier: string): string {
  const depth = specifier.startsWith("@") ? 2 : 1;
  return specifier.split("/").slice(0, depth).join("/");
}

Deno.test("deno.json names what the package imports, and nothing else", async () => {
  const files = new Set([
    ...(await moduleGraph("mod.ts")).keys(),
    ...(await moduleGraph("src/cli/main.ts")).keys(),
    ...(await moduleGraph("src/queue/mod.ts")).keys(),
    ...(await moduleGraph("src/queue/queue_outlet.ts")).keys(),
    ...(await moduleGraph("src/resampling/mod.ts")).keys(),
    ...(await moduleGraph("src/testing/mod.ts")).keys(),
    ...(await moduleGraph("workers/openrouter.ts")).keys(),
  ]);
  const code = [...files].filter((file) => file.endsWith(".ts"))
    .map((file) => read(file).replaceAll(/^ *(?:\*|\/\*).*$/gm, ""))
    .join("\n");
  const imported = [...code.matchAll(/(?:from |import\(\s*)"([@a-z][^":]*)"/g)]
    .map(([, specifier]) => packageOf(specifier!));
  // Types are named beside the package that they are of.
  const names = named("deno.json").filter((name) => !name.startsWith("@types"));
  assertEquals([...new Set(names)].sort(), [...new Set(imported)].sort());
});

Deno.test("no package is named both in deno.json and in tests/deno.json", () => {
  const both = new Set(named("deno.json"))
    .intersection(new Set(named("tests/deno.json")));
  assertEquals([...both], []);
});

Deno.test("both locks name the same versions, and no addresses", () => {
  const names = ["deno.lock", "tests/deno.lock"];
  for (const name of names) assert(!read(name).includes("://"), name);
  const [ours, theirs] = names.map(versions);
  assert(ours!.size > 20);
  for (const [name, version] of ours!) {
    const others = theirs!.get(name) ?? version;
    // A library of the tests' own may need another beside.
    assertEquals(version.filter((one) => !others.includes(one)), [], name);
  }
});

/** The versions of a lock's packages: a package may have several. */
function versions(file: string): ReadonlyMap<string, readonly string[]> {
  const { npm }: Lock = JSON.parse(read(file));
  const all = Object.keys(npm).map((id) => /^(.[^@]*)@([^_]*)/.exec(id)!);
  const byName = Map.groupBy(all, ([, name]) => name!);
  return new Map(
    [...byName].map((
      [name, found],
    ) => [name, found.map(([, version]) => version!)]),
  );
}
