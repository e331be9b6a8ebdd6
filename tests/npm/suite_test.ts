import { join } from "@std/path/join";
import { bundle, stopBundling } from "../../scripts/npm/bundle.ts";
import { versionOf } from "../../scripts/npm/manifest.ts";
import { namedPackages } from "../../scripts/npm/named_packages.ts";
import { buildTests, type BuiltTests } from "./build_tests.ts";
import { NodeProject } from "./node_project.ts";
import { NOT_ON_NODE } from "./not_on_node.ts";
import { NEWEST, nodeProgram, NODES, OLDEST } from "./runtimes.ts";

const { project, files, platformTests } = await prepare();

Deno.test.afterAll(() => project[Symbol.asyncDispose]());

Deno.test("all unit and integration tests pass on the oldest Node with the installed package", async () => {
  await runTests(OLDEST, (source) => NOT_ON_NODE.oldest[source] === undefined);
});

Deno.test("the platform-specific tests pass on the newest Node", async () => {
  await runTests(NEWEST, (source) => platformTests.has(source));
});

async function runTests(
  node: string,
  isIncluded: (source: string) => boolean,
): Promise<void> {
  const included = [...files].filter(([source]) => isIncluded(source))
    .map(([, file]) => file);
  const { stdout } = await project.run(
    nodeProgram(node),
    ["tests/run_all.js", ...included],
    // More cases of the same code would find nothing that depends on Node.
    { PROPERTY_RUNS: "100" },
  );
  console.log(stdout.trim());
}

/** Builds the tests, and creates a project with the packages that they import. */
async function prepare(): Promise<
  Pick<BuiltTests, "files" | "platformTests"> & { project: NodeProject }
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
  const imports = namedPackages(["src", "tests", "scripts"]);
  const versions = [...built.packages, ...beside.packages]
    .filter((name) => name !== "@rollouts/client")
    .map((name) => [name, versionOf(name, imports)]);
  const project = await NodeProject.create({
    ...NODES,
    ...Object.fromEntries(versions),
  });
  // There, they resolve the packages that the project has installed.
  await Deno.rename(outdir, join(project.path, "tests"));
  const files = new Map(
    [...built.files].map(([source, file]) =>
      [source, file.replace(outdir, "tests")] as const
    ),
  );
  return { project, files, platformTests: built.platformTests };
}
