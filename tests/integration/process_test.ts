import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { walkSync } from "@std/fs/walk";
import { join } from "@std/path/join";
import { MockOpenRouter } from "../../src/testing/mod.ts";
import { mockClient, MODEL } from "../support/mock_client.ts";
import {
  finished,
  ROOT,
  startScript,
  USUAL_PERMISSIONS,
} from "../support/run_script.ts";
import { TempDir } from "../support/temp_dir.ts";
import { until } from "../support/until.ts";

const PROMPT = "What is 5*10?";

Deno.test("a script that calls generate() and nothing else ends by itself right after its last line", async () => {
  await using mock = await MockOpenRouter.start();
  await using dir = new TempDir();
  const file = await writeScript(dir, script(mock, join(dir.path, "c"), 5));
  const child = startScript(file, PERMITTED);
  const { code, stdout, stderr } = await finished(child);
  const endMs = Date.now();
  assertEquals([code, stderr], [0, ""]);
  const [length, lastLineMs] = stdout.trim().split(" ").map(Number);
  assertEquals(length, 5);
  // 60 ms on an idle machine; a live worker would keep it for good.
  assert(endMs - lastLineMs! < 2000, `${endMs - lastLineMs!} ms`);
});

Deno.test("generate() of cached samples needs no network, no key, no environment and no worker", async () => {
  await using mock = await MockOpenRouter.start();
  await using dir = new TempDir();
  const cacheDir = join(dir.path, "cache");
  await using client = mockClient(mock, { cacheDir });
  await client.generate(PROMPT, { nSamples: 3 });
  const code = `
globalThis.Worker = class { constructor() { throw new Error("a worker was started"); } };
globalThis.fetch = () => { throw new Error("a request was sent"); };
${script(mock, cacheDir, 3)}`;
  const file = await writeScript(dir, code);
  const result = await finished(
    startScript(file, { permissions: ["--allow-read"] }),
  );
  assertEquals([result.code, result.stderr], [0, ""]);
  assertStringIncludes(result.stdout, "3 ");
  assertEquals(mock.started, 3);
});

Deno.test("generate() rejects when no key is known, and says where it looked", async () => {
  await using mock = await MockOpenRouter.start();
  await using dir = new TempDir();
  const file = await writeScript(dir, script(mock, join(dir.path, "c"), 3));
  const { code, stderr } = await finished(
    startScript(file, { permissions: USUAL_PERMISSIONS }),
  );
  assertEquals([code, mock.started], [1, 0]);
  assertStringIncludes(stderr, "RolloutsError: no OpenRouter key");
  assertStringIncludes(stderr, "OPENROUTER_API_KEY");
});

Deno.test("generate() without --allow-net fails at once and names what is missing", async () => {
  await using mock = await MockOpenRouter.start();
  await using dir = new TempDir();
  const file = await writeScript(dir, script(mock, join(dir.path, "c"), 3));
  const { code, stderr } = await finished(startScript(file, {
    permissions: ["--allow-read", "--allow-write", "--allow-env"],
    env: { OPENROUTER_API_KEY: "sk-test" },
  }));
  assertEquals(code, 1);
  assertStringIncludes(stderr, "net access");
});

Deno.test("generate() without --allow-write pays nothing, unless onCacheError says to go on", async () => {
  await using mock = await MockOpenRouter.start();
  await using dir = new TempDir();
  const code = script(mock, join(dir.path, "c"), 3);
  const permissions = ["--allow-net=127.0.0.1", "--allow-read", "--allow-env"];
  const run = async (code: string) => {
    const file = await writeScript(dir, code);
    return await finished(startScript(file, { ...PERMITTED, permissions }));
  };
  const stopped = await run(code);
  assertEquals([stopped.code, mock.started], [1, 0]);
  assertStringIncludes(stopped.stderr, "write access");
  const goesOn = code.replace("nSamples: 3", '$&, onCacheError: "continue"');
  const { code: exitCode, stdout, stderr } = await run(goesOn);
  assertEquals([exitCode, mock.started], [0, 3]);
  assertStringIncludes(stdout, "3 ");
  assertEquals(stderr.match(/the cache fails/g)?.length, 1);
});

Deno.test("generate() counts a corrupt file as missing when it cannot be moved", async () => {
  await using mock = await MockOpenRouter.start();
  await using dir = new TempDir();
  const cacheDir = join(dir.path, "cache");
  await using client = mockClient(mock, { cacheDir });
  const { cacheDir: path } = await client.generate(PROMPT, { nSamples: 3 });
  await Deno.writeTextFile(join(path!, "seed_00001.json"), "{");
  const code = script(mock, cacheDir, 3)
    .replace("nSamples: 3", "$&, cacheOnly: true");
  const file = await writeScript(dir, code);
  const { code: exitCode, stdout, stderr } = await finished(
    startScript(file, { permissions: ["--allow-read"] }),
  );
  assertEquals(exitCode, 0);
  assertStringIncludes(stdout, "2 ");
  assertStringIncludes(stderr, "counts as missing; cannot rename");
});

Deno.test("SIGKILL during a run of 500 loses no sample that had arrived, and the next run requests only the missing ones", async () => {
  let isSlow = true;
  await using mock = await MockOpenRouter.start({
    latencyMs: ({ seed }) => isSlow && (seed ?? 0) >= 250 ? 60_000 : 5,
  });
  await using dir = new TempDir();
  const cacheDir = join(dir.path, "cache");
  const file = await writeScript(dir, script(mock, cacheDir, 500));
  const child = startScript(file, PERMITTED);
  // Half is answered, the other half is under way or waits.
  await until(() =>
    mock.answered === 250 && seedFiles(cacheDir).length === 250
  );
  child.kill("SIGKILL");
  await child.output();
  for (const path of seedFiles(cacheDir)) {
    assertEquals(JSON.parse(Deno.readTextFileSync(path)).version, 1);
  }
  isSlow = false;
  mock.reset();
  await using client = mockClient(mock, { cacheDir });
  const rollouts = await client.generate(PROMPT, { nSamples: 500 });
  assertEquals(rollouts.length, 500);
  assertEquals(
    [...mock.seeds.keys()].sort((a, b) => a - b),
    Array.from({ length: 250 }, (_, i) => 250 + i),
  );
});

Deno.test("SIGKILL at any moment leaves whole files only, and pays again for no more than was in flight", async () => {
  await using mock = await MockOpenRouter.start({
    latencyMs: ({ index }) => 5 + index % 7,
  });
  await using dir = new TempDir();
  const cacheDir = join(dir.path, "cache");
  const file = await writeScript(dir, script(mock, cacheDir, 500));
  for (const answered of [40, 170, 333]) {
    const child = startScript(file, PERMITTED);
    await until(() => mock.answered >= answered);
    child.kill("SIGKILL");
    await child.output();
  }
  const result = await finished(startScript(file, PERMITTED));
  assertStringIncludes(result.stdout, "500 ");
  const files = seedFiles(cacheDir);
  assertEquals(files.length, 500);
  for (const path of files) JSON.parse(Deno.readTextFileSync(path));
  assert(mock.answered - 500 <= 3 * MAX_CONCURRENCY);
});

const MAX_CONCURRENCY = 32;

const PERMITTED = {
  permissions: USUAL_PERMISSIONS,
  env: { OPENROUTER_API_KEY: "sk-test" },
} as const;

/** A program that calls `generate` and nothing else, and says when it is done. */
function script(
  mock: MockOpenRouter,
  cacheDir: string,
  nSamples: number,
): string {
  const options = JSON.stringify({
    model: MODEL,
    baseUrl: mock.baseUrl,
    cacheDir,
    maxConcurrency: MAX_CONCURRENCY,
  });
  return `import { RolloutsClient } from "${ROOT}mod.ts";
const client = new RolloutsClient(${options});
const rollouts = await client.generate("${PROMPT}", { nSamples: ${nSamples} });
console.log(rollouts.length, Date.now());
`;
}

async function writeScript(dir: TempDir, code: string): Promise<string> {
  const file = join(dir.path, "script.ts");
  await Deno.writeTextFile(file, code);
  return file;
}

function seedFiles(cacheDir: string): string[] {
  try {
    return [...walkSync(cacheDir, { includeDirs: false })]
      .filter(({ name }) => /^seed_\d+\.json$/.test(name))
      .map(({ path }) => path);
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return [];
    throw error;
  }
}
