import { setImmediate } from "node:timers/promises";
import { assert, assertEquals, assertRejects } from "@std/assert";
import { walkSync } from "@std/fs/walk";
import { join } from "@std/path/join";
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
import { TempDir } from "../support/temp_dir.ts";
import { until } from "../support/until.ts";

const PERMITTED = {
  permissions: USUAL_PERMISSIONS,
  env: { OPENROUTER_API_KEY: "sk-test" },
} as const;

/** Writes a program that samples the prompt into a cache in the directory. */
function writeProgram(
  dir: TempDir,
  mock: MockOpenRouter,
  nSamples: number,
  cacheDir = join(dir.path, "cache"),
): Promise<string> {
  return writeGenerateProgram(dir, {
    model: MODEL,
    baseUrl: mock.baseUrl,
    cacheDir,
    maxConcurrency: 16,
  }, nSamples);
}

/** Returns how many samples a program has returned, and how many of them were cached. */
function countsOf(stdout: string): [length: number, cached: number] {
  const { length, cached } = generateProgramOutput(stdout);
  return [length, cached];
}

function filesOf(dir: TempDir): string[] {
  const root = join(dir.path, "cache");
  return [...walkSync(root, { includeDirs: false })].map(({ name }) => name);
}

function isOwner(name: string): boolean {
  return name.startsWith(".owner-");
}

Deno.test("two runs of the same program share the work, and pay for nothing twice", async () => {
  await using dir = new TempDir();
  // Until both have started, answers are slow, so that one of them cannot get them all.
  await using mock = await MockOpenRouter.start({
    latencyMs: () => filesOf(dir).filter(isOwner).length === 2 ? 40 : 500,
  });
  const file = await writeProgram(dir, mock, 400);
  const results = await Promise.all(
    [1, 2].map(() => finished(startScript(file, PERMITTED))),
  );
  assertEquals(mock.started, 400);
  // On a busy machine, one may wait long enough for the other to say so.
  const waits = /^rollouts: waiting for samples that another process .*\n/;
  const counts = results.map(({ stdout, stderr }) => {
    assertEquals(stderr.replace(waits, ""), "");
    const [length, cached] = countsOf(stdout);
    assertEquals(length, 400);
    return 400 - cached;
  });
  assertEquals(counts[0]! + counts[1]!, 400);
  assert(Math.min(...counts) > 20, `${counts}: one of them did it all`);
  const others = filesOf(dir).filter((name) => !name.startsWith("seed_"));
  assertEquals(others, [], "neither holders nor locks are left");
});

Deno.test("a run takes over the samples of a killed run", async () => {
  let isSlow = true;
  await using mock = await MockOpenRouter.start({
    latencyMs: () => isSlow ? 60_000 : 5,
  });
  await using dir = new TempDir();
  const file = await writeProgram(dir, mock, 16);
  const killed = startScript(file, PERMITTED);
  await until(() => mock.inFlight === 16);
  isSlow = false;
  const other = startScript(file, PERMITTED);
  // While its holder lives, nothing that it has locked is requested.
  await until(() => filesOf(dir).filter(isOwner).length === 2);
  killed.kill("SIGKILL");
  await killed.output();
  assertEquals(mock.started, 16);
  const { stdout } = await finished(other);
  assertEquals([countsOf(stdout), mock.started], [[16, 0], 32]);
});

Deno.test("generate() continues without locks if they are unavailable", async () => {
  await using mock = await MockOpenRouter.start();
  await using dir = new TempDir();
  const cacheDir = join(dir.path, "cache");
  await Deno.writeTextFile(cacheDir, "a file in place of a directory");
  await using client = mockClient(mock, {
    cacheDir,
    onCacheError: "continue",
  });
  const rollouts = await client.generate(GENERATE_PROMPT, { nSamples: 3 });
  assertEquals(rollouts.length, 3);
});

Deno.test("a sample stays locked for a second call when the first call is aborted", async () => {
  await using mock = await MockOpenRouter.start({
    latencyMs: ({ attempt }) => attempt === 1 ? 1_500 : 0,
  });
  await using dir = new TempDir();
  const options = {
    cacheDir: join(dir.path, "cache"),
    apiKey: "sk-test",
    maxConcurrency: 16,
  };
  await using one = mockClient(mock, options);
  await using two = mockClient(mock, options);
  const controller = new AbortController();
  const { signal } = controller;
  const first = one.generate(GENERATE_PROMPT, { nSamples: 8, signal });
  await until(() => mock.inFlight === 8);
  const begun = Promise.withResolvers<void>();
  const second = two.generate(GENERATE_PROMPT, {
    nSamples: 8,
    onProgress: () => begun.resolve(),
  });
  await begun.promise;
  // Everything that follows immediately has happened by the next turn of the event loop.
  await setImmediate();
  controller.abort(new Error("enough"));
  await assertRejects(() => first, Error, "enough");
  const file = await writeProgram(dir, mock, 8);
  const { stdout } = await finished(startScript(file, PERMITTED));
  assertEquals(countsOf(stdout), [8, 8]);
  assertEquals([(await second).length, mock.started], [8, 8]);
});

Deno.test("samples are stored in the initial directory when the program changes its directory", async () => {
  await using mock = await MockOpenRouter.start({ latencyMs: 100 });
  await using dir = new TempDir();
  const file = await writeProgram(dir, mock, 4, "cache");
  const code = await Deno.readTextFile(file);
  await Deno.writeTextFile(
    file,
    code.replace(
      /^(const .* = )await (client\.generate.*);$/m,
      'const call = $2;\nDeno.chdir("/");\n$1await call;',
    ),
  );
  for (const cached of [0, 4]) {
    const child = startScript(file, { ...PERMITTED, cwd: dir.path });
    const { stdout, stderr } = await finished(child);
    assertEquals([countsOf(stdout), stderr], [[4, cached], ""]);
  }
  assertEquals(mock.started, 4);
});
