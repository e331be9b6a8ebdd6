import { fromFileUrl } from "@std/path/from-file-url";
import { join } from "@std/path/join";
import { bundle, stopBundling } from "../../scripts/npm/bundle.ts";
import { versionOf } from "../../scripts/npm/manifest.ts";
import { namedPackages } from "../../scripts/npm/named_packages.ts";
import { buildTests } from "./build_tests.ts";
import { NodeProject } from "./node_project.ts";
import { nodeProgram, NODES } from "./runtimes.ts";

const root = fromFileUrl(new URL("../../", import.meta.url));

const { project, files } = await prepare();

Deno.test.afterAll(() => project[Symbol.asyncDispose]());

for (const name of Object.keys(NODES)) {
  Deno.test(`the unit and integration tests pass on Node with the installed package (${name})`, async () => {
    const { stdout } = await project.run(nodeProgram(name), [
      "tests/run_all.js",
      ...files,
    ]);
    console.log(
      stdout.split("\n").filter((line) => line.startsWith("ℹ")).join("\n"),
    );
  });
}

async function importsOf(file: string): Promise<Record<string, string>> {
  return JSON.parse(await Deno.readTextFile(join(root, file))).imports;
}

/** Builds the tests, and makes a project with what they import. */
async function prepare(): Promise<
  { project: NodeProject; files: readonly string[] }
> {
  const outdir = await Deno.makeTempDir({ prefix: "rollouts-suite-" });
  const built = await buildTests(outdir);
  await bundle({
    entryPoints: { run_all: "tests/npm/node/run_all.ts" },
    outdir,
  });
  await stopBundling();
  const imports = {
    ...namedPackages(),
    ...await importsOf("tests/deno.json"),
  };
  const versions = [...built.packages]
    .filter((name) => name !== "@rollouts/client")
    .map((name) => [name, versionOf(name, imports)]);
  const project = await NodeProject.create({
    ...NODES,
    ...Object.fromEntries(versions),
  });
  // Where they lie then, they find what the project has installed.
  await Deno.rename(outdir, join(project.path, "tests"));
  const files = built.files.map((file) => file.replace(outdir, "tests"));
  return { project, files };
}
