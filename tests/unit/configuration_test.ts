import { assert, assertEquals } from "@std/assert";
import { walkSync } from "@std/fs/walk";
import { join } from "@std/path/join";
import { relative } from "@std/path/relative";
import { moduleGraph } from "../support/module_graph.ts";
import { ROOT } from "../support/run_script.ts";

interface Configuration {
  readonly workspace: readonly string[];
  readonly imports: Readonly<Record<string, string>>;
}

interface Lock {
  readonly npm: Readonly<Record<string, unknown>>;
}

function read(name: string): string {
  return Deno.readTextFileSync(join(ROOT, name));
}

/** Returns the packages in a configuration, without the paths within them. */
function named(name: string): string[] {
  const { imports }: Configuration = JSON.parse(read(name));
  return Object.keys(imports).map(packageOf);
}

function packageOf(specifier: string): string {
  const depth = specifier.startsWith("@") ? 2 : 1;
  return specifier.split("/").slice(0, depth).join("/");
}

Deno.test("deno.json lists exactly what the package imports", async () => {
  const files = new Set([
    ...(await moduleGraph("mod.ts")).keys(),
    ...(await moduleGraph("src/cli/main.ts")).keys(),
    ...(await moduleGraph("src/queue/mod.ts")).keys(),
    ...(await moduleGraph("src/resampling/mod.ts")).keys(),
    ...(await moduleGraph("src/testing/mod.ts")).keys(),
    ...(await moduleGraph("workers/openrouter.ts")).keys(),
  ]);
  const code = [...files].filter((file) => file.endsWith(".ts"))
    .map((file) => read(file).replaceAll(/^ *(?:\*|\/\*).*$/gm, ""))
    .join("\n");
  const imported = [...code.matchAll(/(?:from |import\(\s*)"([@a-z][^":]*)"/g)]
    .map(([, specifier]) => packageOf(specifier!));
  // Types are listed next to their package; assertions are for tests and examples in doc comments.
  const names = named("deno.json").filter((name) =>
    !name.startsWith("@types") && name !== "@std/assert"
  );
  assertEquals([...new Set(names)].sort(), [...new Set(imported)].sort());
});

Deno.test("no workspace member lists packages, which every task would download", () => {
  const { workspace }: Configuration = JSON.parse(read("deno.json"));
  for (const member of workspace) {
    const { imports }: Partial<Configuration> = JSON.parse(
      read(`${member}/deno.json`),
    );
    assertEquals(imports, undefined, member);
  }
});

Deno.test("every npm package is imported in one version everywhere", () => {
  const versions = new Map<string, Set<string>>();
  for (const file of filesThatImport()) {
    for (const [, name, version] of read(file).matchAll(NPM_IMPORT)) {
      versions.set(name!, (versions.get(name!) ?? new Set()).add(version!));
    }
  }
  assert(versions.size > 30);
  const several = [...versions].filter(([, found]) => found.size > 1);
  assertEquals(several, []);
});

Deno.test("deno.lock has the version of every npm import, and no addresses", () => {
  const text = read("deno.lock");
  assert(!text.includes("://"));
  const { npm }: Lock = JSON.parse(text);
  const locked = new Set(Object.keys(npm).map((id) => id.split("_")[0]!));
  for (const file of filesThatImport()) {
    for (const [, name, version] of read(file).matchAll(NPM_IMPORT)) {
      if (/^\d/.test(version!)) assert(locked.has(`${name}@${version}`), name);
    }
  }
});

/** An import of an npm package with its version. */
const NPM_IMPORT = /"npm:((?:@[\w.-]+\/)?[\w.-]+)@([^/"]+)/g;

/** The configurations, and all sources that may import packages. */
function filesThatImport(): string[] {
  const folders = ["examples", "links", "scripts", "src", "tests", "web"];
  const sources = folders.flatMap((folder) =>
    [...walkSync(join(ROOT, folder), { includeDirs: false })]
      .map(({ path }) => relative(ROOT, path))
      .filter((path) => /\.tsx?$/.test(path))
  );
  return ["deno.json", "web/deno.json", ...sources];
}
