import { join } from "@std/path/join";
import { bundle, stopBundling } from "../../scripts/npm/bundle.ts";
import { versionOf } from "../../scripts/npm/manifest.ts";
import { namedPackages } from "../../scripts/npm/named_packages.ts";
import { buildTests } from "./build_tests.ts";
import { NodeProject } from "./node_project.ts";
import { NOT_ON_NODE } from "./not_on_node.ts";
import { nodeProgram, NODES, OLDEST } from "./runtimes.ts";

const { project, files } = await prepare();

Deno.test.afterAll(() => project[Symbol.asyncDispose]());

for (const name of Object.keys(NODES)) {
  Deno.test(`the unit and integration tests pass on Node with the installed package (${name})`, async () => {
    const leftOut = name === OLDEST ? NOT_ON_NODE.oldest : {};
    const run = [...files].filter(([source]) => leftOut[source] === undefined)
      .map(([, file]) => file);
    const args = ["tests/run_all.js", ...run];
    const { stdout } = await project.run(nodeProgram(name), args, {
      // More cases of the same code find nothing that depends on Node.
      PROPERTY_RUNS: "200",
    });
    console.log(stdout.trim());
  });
}

/** Builds the tests, and makes a project with what they import. */
async function prepare(): Promise<
  { project: NodeProject; files: ReadonlyMap<string, string> }
> {
  const outdir = await Deno.makeTempDir({ prefix: "rollouts-suite-" });
  const built = await buildTests(outdir);
  const beside = await bundle({
    entryPoints: {
      run_all: "tests/npm/node/run_all.ts",
      send_spans: "tests/npm/node/send_spans.ts",
    },
    outdir,
  });
  await stopBundling();
  const imports = namedPackages(["src", "tests"]);
  const versions = [...built.packages, ...beside.packages]
    .filter((name) => name !== "@rollouts/client")
    .map((name) => [name, versionOf(name, imports)]);
  const project = await NodeProject.create({
    ...NODES,
    ...Object.fromEntries(versions),
  });
  // Where they lie then, they find what the project has installed.
  await Deno.rename(outdir, join(project.path, "tests"));
  const files = new Map(
    [...built.files].map(([source, file]) =>
      [source, file.replace(outdir, "tests")] as const
    ),
  );
  return { project, files };
}
