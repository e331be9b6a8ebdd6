import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { join } from "@std/path/join";
import type { ClientOptions } from "../../mod.ts";
import { MockOpenRouter } from "../../src/testing/mod.ts";
import {
  GENERATE_PROMPT,
  generateProgramOutput,
  writeGenerateProgram,
} from "../support/generate_program.ts";
import { mockClient, MODEL } from "../support/mock_client.ts";
import {
  finished,
  startScript,
  USUAL_PERMISSIONS,
} from "../support/run_script.ts";
import { seedFiles } from "../support/seed_files.ts";
import { TempDir } from "../support/temp_dir.ts";
import { until } from "../support/until.ts";

Deno.test("a script that calls generate() exits right after its last line", async () => {
  await using mock = await MockOpenRouter.start();
  await using dir = new TempDir();
  const file = await writeProgram(dir, mock, 5);
  const child = startScript(file, PERMITTED);
  const { code, stdout, stderr } = await finished(child);
  const endMs = Date.now();
  assertEquals([code, stderr], [0, ""]);
  const printed = generateProgramOutput(stdout);
  assertEquals(printed.length, 5);
  // It takes 60 ms on an idle machine; a live worker would keep the process alive forever.
  assert(endMs - printed.endMs < 10_000, `${endMs - printed.endMs} ms`);
});

Deno.test("generate() of cached samples needs no network, key, environment, or worker", async () => {
  await using mock = await MockOpenRouter.start();
  await using dir = new TempDir();
  const cacheDir = join(dir.path, "cache");
  await using client = mockClient(mock, { cacheDir });
  await client.generate(GENERATE_PROMPT, { nSamples: 3 });
  const file = await writeProgram(dir, mock, 3);
  const code = await Deno.readTextFile(file);
  await Deno.writeTextFile(
    file,
    `globalThis.Worker = class { constructor() { throw new Error("a worker was started"); } };
globalThis.fetch = () => { throw new Error("a request was sent"); };
${code}`,
  );
  const result = await finished(
    startScript(file, { permissions: ["--allow-read"] }),
  );
  assertEquals([result.code, result.stderr], [0, ""]);
  assertEquals(generateProgramOutput(result.stdout).length, 3);
  assertEquals(mock.started, 3);
});

Deno.test("generate() rejects when a server needs a key and there is none, and names the variable", async () => {
  await using mock = await MockOpenRouter.start();
  await using dir = new TempDir();
  const file = await writeProgram(dir, mock, 3);
  const { code, stderr } = await finished(
    startScript(file, { permissions: USUAL_PERMISSIONS }),
  );
  assertEquals([code, mock.answered], [1, 0]);
  assertStringIncludes(
    stderr,
    "No auth credentials found; no key was sent: set OPENROUTER_API_KEY",
  );
  assertStringIncludes(stderr, "OPENROUTER_API_KEY");
});

Deno.test("generate() fails immediately without --allow-net, and names the permission", async () => {
  await using mock = await MockOpenRouter.start();
  await using dir = new TempDir();
  const file = await writeProgram(dir, mock, 3);
  const { code, stderr } = await finished(startScript(file, {
    permissions: ["--allow-read", "--allow-write", "--allow-env"],
    env: { OPENROUTER_API_KEY: "sk-test" },
  }));
  assertEquals(code, 1);
  assertStringIncludes(stderr, "net access");
});

Deno.test("generate() sends nothing without --allow-write, unless onCacheError is continue", async () => {
  await using mock = await MockOpenRouter.start();
  await using dir = new TempDir();
  const permissions = ["--allow-net=127.0.0.1", "--allow-read", "--allow-env"];
  const run = async (options: Partial<ClientOptions>) => {
    const file = await writeProgram(dir, mock, 3, options);
    return await finished(startScript(file, { ...PERMITTED, permissions }));
  };
  const stopped = await run({});
  assertEquals([stopped.code, mock.started], [1, 0]);
  assertStringIncludes(stopped.stderr, "write access");
  const { code, stdout, stderr } = await run({ onCacheError: "continue" });
  assertEquals([code, mock.started], [0, 3]);
  assertEquals(generateProgramOutput(stdout).length, 3);
  assertEquals(stderr.match(/cache error/g)?.length, 1);
});

Deno.test("generate() counts a corrupt file as missing when it cannot be moved", async () => {
  await using mock = await MockOpenRouter.start();
  await using dir = new TempDir();
  const cacheDir = join(dir.path, "cache");
  await using client = mockClient(mock, { cacheDir });
  const { cacheDir: path } = await client.generate(GENERATE_PROMPT, {
    nSamples: 3,
  });
  await Deno.writeTextFile(join(path!, "seed_00001.json"), "{");
  const file = await writeProgram(dir, mock, 3, { cacheOnly: true });
  const { code, stdout, stderr } = await finished(
    startScript(file, { permissions: ["--allow-read"] }),
  );
  assertEquals(code, 0);
  assertEquals(generateProgramOutput(stdout).length, 2);
  assertStringIncludes(stderr, "counts as missing; cannot rename");
});

Deno.test("generate() loses no answered sample when the process is killed, and resumes", async () => {
  let isSlow = true;
  await using mock = await MockOpenRouter.start({
    latencyMs: ({ seed }) => isSlow && (seed ?? 0) >= 250 ? 60_000 : 5,
  });
  await using dir = new TempDir();
  const cacheDir = join(dir.path, "cache");
  const file = await writeProgram(dir, mock, 500);
  const child = startScript(file, PERMITTED);
  // Half of the requests are answered; the others are in flight or wait.
  await until(() =>
    mock.answered === 250 && seedFiles(cacheDir).length === 250
  );
  child.kill("SIGKILL");
  await child.output();
  for (const path of seedFiles(cacheDir)) {
    assertEquals(JSON.parse(Deno.readTextFileSync(path)).version, 2);
  }
  isSlow = false;
  mock.reset();
  await using client = mockClient(mock, { cacheDir });
  const rollouts = await client.generate(GENERATE_PROMPT, { nSamples: 500 });
  assertEquals(rollouts.length, 500);
  assertEquals(
    [...mock.seeds.keys()].sort((a, b) => a - b),
    Array.from({ length: 250 }, (_, i) => 250 + i),
  );
});

const PERMITTED = {
  permissions: USUAL_PERMISSIONS,
  env: { OPENROUTER_API_KEY: "sk-test" },
} as const;

/** Writes a program that samples into a cache in the directory. */
function writeProgram(
  dir: TempDir,
  mock: MockOpenRouter,
  nSamples: number,
  options: Partial<ClientOptions> = {},
): Promise<string> {
  return writeGenerateProgram(dir, {
    model: MODEL,
    baseUrl: mock.baseUrl,
    cacheDir: join(dir.path, "cache"),
    ...options,
  }, nSamples);
}
