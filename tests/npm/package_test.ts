import {
  assert,
  assertEquals,
  assertRejects,
  assertStringIncludes,
} from "@std/assert";
import { walkSync } from "@std/fs/walk";
import { fromFileUrl } from "@std/path/from-file-url";
import { join } from "@std/path/join";
import { OLDEST_NODE } from "../../scripts/npm/bundle.ts";
import { NodeProject } from "./node_project.ts";
import { nodeProgram, NODES, OLDEST } from "./runtimes.ts";

const root = fromFileUrl(new URL("../../", import.meta.url));

/** A program that samples through the installed package, reads the samples back, and prints what it found. */
const PROGRAM = `
import { RolloutsClient, CacheReader } from "@rollouts/client";
import { splitSentences } from "@rollouts/client/resampling";
import { MockOpenRouter } from "@rollouts/client/testing";

await using mock = await MockOpenRouter.start();
const options = {
  model: "qwen/qwen3-30b-a3b",
  baseUrl: mock.baseUrl,
  apiKey: "sk-test",
  cacheDir: process.env.CACHE_DIR ?? "cache",
};
await using client = new RolloutsClient(options);
const rollouts = await client.generate("What is 5*10?", { nSamples: 4 });
const again: typeof rollouts = await client.generate("What is 5*10?", { nSamples: 4 });
const [prompt] = new CacheReader(options.cacheDir).prompts();
console.log(JSON.stringify({
  contents: rollouts.getContents().length,
  cached: again.responses.filter(({ cached }) => cached).length,
  files: prompt?.files.length,
  requests: mock.started,
  sentences: splitSentences("One. Two.").length,
  deno: "Deno" in globalThis,
}));
`;

const SEEN = {
  contents: 4,
  cached: 4,
  files: 4,
  requests: 4,
  sentences: 2,
  deno: false,
};

/** A program that imports the package, and prints how long that took and what it started. */
const IMPORT = `
const globals = Reflect.ownKeys(globalThis).length;
const startMs = performance.now();
await import("@rollouts/client");
console.log(JSON.stringify({
  ms: performance.now() - startMs,
  timers: process.getActiveResourcesInfo().includes("Timeout"),
  globals: Reflect.ownKeys(globalThis).length - globals,
}));
`;

/** Prints the dependencies whose `engines` exclude a version of Node. */
const ENGINES = `
import { existsSync, readFileSync } from "node:fs";
import { satisfies } from "semver";

const manifest = (name) => {
  const file = \`node_modules/\${name}/package.json\`;
  return existsSync(file) ? JSON.parse(readFileSync(file, "utf8")) : {};
};
const names = new Set(["@rollouts/client"]);
for (const name of names) {
  for (const other of Object.keys(manifest(name).dependencies ?? {})) names.add(other);
}
const isTooNew = (name) => !satisfies(process.argv[2], manifest(name).engines?.node ?? "*");
console.log(JSON.stringify({ looked: names.size, tooNew: [...names].filter(isTooNew) }));
`;

const project = await NodeProject.create({
  ...NODES,
  "@arethetypeswrong/cli": "0.18.5",
  "@types/node": `^${OLDEST_NODE}`,
  bun: "1.4.5",
  esbuild: "0.28.2",
  publint: "0.3.25",
  semver: "7.7.3",
  typescript: "7.0.2",
});
await project.write("program.ts", PROGRAM);
// Node 20 supports neither types nor `await using`.
await project.run(project.bin("esbuild"), [
  "program.ts",
  "--outfile=program.js",
  "--format=esm",
  `--target=node${OLDEST_NODE}`,
]);

Deno.test.afterAll(() => project[Symbol.asyncDispose]());

Deno.test("npm pack creates less than 1.96 MB, besides the pictures of docs/", () => {
  const pictures = [...walkSync(join(root, "docs/images"))]
    .reduce((sum, { path }) => sum + Deno.statSync(path).size, 0);
  console.log(`${project.tarballBytes} bytes, ${pictures} of them pictures`);
  // The viewer's page takes 0.23 MB, half of it KaTeX and highlight.js.
  assert(project.tarballBytes - pictures < 1_960_000);
});

for (const name of Object.keys(NODES)) {
  Deno.test(`a program with the installed package samples, caches, and reads back (${name})`, async () => {
    const code = await Deno.readTextFile(join(project.path, "program.js"));
    const ways = {
      file: ["program.js"],
      flags: ["--max-old-space-size=512", "program.js"],
      text: ["--input-type=module", "--eval", code],
    };
    for (const [way, args] of Object.entries(ways)) {
      const env = { CACHE_DIR: `${name}-${way}` };
      const { stdout, stderr } = await project.run(
        nodeProgram(name),
        args,
        env,
      );
      assertEquals([JSON.parse(stdout), stderr], [SEEN, ""], way);
    }
  });

  Deno.test(`the main entry does nothing when it is imported (${name})`, async () => {
    const times: number[] = [];
    for (let i = 0; i < 5; i++) {
      const { stdout } = await project.run(
        nodeProgram(name),
        ["--input-type=module", "--eval", IMPORT],
      );
      const { ms, ...seen } = JSON.parse(stdout);
      assertEquals(seen, { timers: false, globals: 0 });
      times.push(ms);
    }
    const [, , median] = times.sort((a, b) => a - b);
    console.log(`${median!.toFixed(1)} ms to import (median of 5)`);
  });
}

Deno.test("a program with the installed package samples on Bun", async () => {
  const { stdout } = await project.run(
    project.bin("bun"),
    ["program.ts"],
    { CACHE_DIR: "bun" },
  );
  assertEquals(JSON.parse(stdout), SEEN);
});

for (
  const [name, options] of Object.entries({
    NodeNext: { module: "NodeNext" },
    bundler: { module: "ESNext", moduleResolution: "bundler" },
  })
) {
  Deno.test(`tsc --strict accepts the package's types (${name})`, async () => {
    const config = {
      compilerOptions: {
        ...options,
        strict: true,
        target: "ES2022",
        lib: ["ES2022", "ESNext.Disposable"],
        types: ["node"],
        noEmit: true,
      },
      files: ["program.ts"],
    };
    await project.write("tsconfig.json", JSON.stringify(config));
    await project.run(project.bin("tsc"), ["--project", "tsconfig.json"]);
  });
}

Deno.test("the installed files import npm packages by name, and none that needs a newer Node", async () => {
  const folder = join(project.path, "node_modules");
  for (const { path } of walkSync(join(folder, "@rollouts/client"))) {
    if (!/\.(js|ts)$/.test(path)) continue;
    const text = await Deno.readTextFile(path);
    assertEquals(text.match(/(?:from|import\()\s*"(?:npm|jsr):[^"]*"/), null);
  }
  await project.write("engines.js", ENGINES);
  const { stdout } = await project.run("node", ["engines.js", OLDEST_NODE]);
  const { looked, tooNew } = JSON.parse(stdout);
  assert(looked > 9);
  assertEquals(tooNew, []);
});

Deno.test("publint and are-the-types-wrong report nothing", async () => {
  const installed = "node_modules/@rollouts/client";
  await project.run(project.bin("publint"), ["--strict", installed]);
  const tarball = [...Deno.readDirSync(project.path)]
    .find(({ name }) => name.endsWith(".tgz"))!.name;
  await project.run(project.bin("attw"), [tarball, "--profile", "esm-only"]);
});

Deno.test("npx rollouts samples from rollouts mock, and prints its version", async () => {
  const version = await project.run("npx", ["rollouts", "--version"]);
  const config = JSON.parse(await Deno.readTextFile(join(root, "deno.json")));
  assertEquals(version.stdout, `rollouts ${config.version}\n`);
  const mock = new Deno.Command(project.bin("rollouts"), {
    args: ["mock"],
    stdout: "piped",
  }).spawn();
  const reader = mock.stdout.getReader();
  const { value } = await reader.read();
  await reader.cancel();
  const { stdout } = await project.run(
    "npx",
    ["rollouts", "generate", "Hi", "-m", "qwen/qwq-32b", "-n", "3", "--json"],
    {
      OPENROUTER_API_KEY: "sk-test",
      OPENROUTER_BASE_URL: new TextDecoder().decode(value).trim(),
    },
  );
  assertEquals(stdout.trim().split("\n").length, 3);
  mock.kill("SIGINT");
  assertEquals((await mock.status).code, 0);
});

Deno.test("rollouts view reports the required Node version if Node is too old", async () => {
  const bin = "node_modules/@rollouts/client/esm/bin.js";
  const cacheDir = await Deno.makeTempDir({ dir: project.path });
  const { message } = await assertRejects(
    () =>
      project.run(nodeProgram(OLDEST), [
        bin,
        ...["view", cacheDir, "--labels", "missing.jsonl"],
      ]),
  ) as Error;
  assertStringIncludes(
    message,
    "rollouts view needs SQLite, which is built into Node from version 22.13 on: update Node\n",
  );
  // It comes before anything else, and nothing follows it.
  assert(!/No such file|in memory/.test(message), message);
});

Deno.test("rollouts lists the missing packages of a queue, and shows its help without them", async () => {
  const bin = "node_modules/@rollouts/client/esm/bin.js";
  const help = await project.run("node", [bin, "worker", "--help"]);
  assertStringIncludes(help.stdout, "Usage: rollouts worker");
  const queue = ["--queue", "redis://127.0.0.1:1"];
  const commands = [
    ["worker", ...queue],
    ["queue", "status", ...queue],
    ["generate", "Hi", "-m", "qwen/qwen3-32b", ...queue],
  ];
  for (const command of commands) {
    const { message } = await assertRejects(
      () => project.run("node", [bin, ...command]),
      Error,
      "npm install @opentelemetry/api bullmq ioredis prom-client",
    );
    assert(!message.includes("--help"), message);
  }
});
