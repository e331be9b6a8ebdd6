import { assert, assertEquals, assertMatch } from "@std/assert";
import { join } from "@std/path/join";
import { MockOpenRouter } from "../../src/testing/mod.ts";
import { mockClient, MODEL } from "../support/mock_client.ts";
import {
  ROOT,
  scriptCommand,
  USUAL_PERMISSIONS,
} from "../support/run_script.ts";
import { canMount, runWithDisk } from "../support/small_disk.ts";
import { TempDir } from "../support/temp_dir.ts";

const PROMPT = "What is 5*10?";
const N_SAMPLES = 60;
/** Enough for some of the samples of 8 KiB, but not for all. */
const SMALL_KIB = 128;

/** What the program on the small disk reports. */
interface Report {
  readonly seeds: number[];
  readonly errors: string[];
  readonly written: number;
  readonly broken: string[];
  readonly leftOver: string[];
}

/** Samples into a small disk, reads its files, and reports. */
async function sampleOnto(
  mock: MockOpenRouter,
  dir: TempDir,
  { onCacheError, isReadOnly = false }: {
    readonly onCacheError: string;
    readonly isReadOnly?: boolean;
  },
) {
  const disk = join(dir.path, "disk");
  await Deno.mkdir(disk, { recursive: true });
  const options = JSON.stringify({
    model: MODEL,
    baseUrl: mock.baseUrl,
    apiKey: "sk-test",
    cacheDir: join(disk, "cache"),
    maxConcurrency: 8,
    onCacheError,
  });
  const file = join(dir.path, "program.ts");
  await Deno.writeTextFile(
    file,
    `import { RolloutsClient } from "${ROOT}mod.ts";
import { readdirSync, readFileSync } from "node:fs";
const client = new RolloutsClient(${options});
const rollouts = await client.generate("${PROMPT}", { nSamples: ${N_SAMPLES} });
const files = readdirSync("${disk}", { recursive: true, withFileTypes: true })
  .filter((entry) => entry.isFile())
  .map(({ parentPath, name }) => ({ name, path: parentPath + "/" + name }));
const isWhole = (path) => {
  try {
    return JSON.parse(readFileSync(path, "utf8")).version === 2;
  } catch {
    return false;
  }
};
const samples = files.filter(({ name }) => name.startsWith("seed_"));
console.log(JSON.stringify({
  seeds: rollouts.responses.map(({ seed }) => seed),
  errors: [...new Set([...rollouts.errors.values()].map(({ name }) => name))],
  written: samples.length,
  broken: samples.map(({ path }) => path).filter((path) => !isWhole(path)),
  leftOver: files.map(({ name }) => name).filter((name) => !name.startsWith("seed_")),
}));
`,
  );
  const { code, stdout, stderr } = await runWithDisk(
    { path: disk, sizeKiB: SMALL_KIB, isReadOnly },
    scriptCommand(file, USUAL_PERMISSIONS),
  );
  const report = stdout === "" ? null : JSON.parse(stdout) as Report;
  return { code, stderr, report };
}

const onSmallDisk = { ignore: !canMount() };

Deno.test(
  "generate() returns the paid samples and stops when the disk is full",
  onSmallDisk,
  async () => {
    await using mock = await MockOpenRouter.start();
    await using dir = new TempDir();
    const { report, stderr, code } = await sampleOnto(mock, dir, {
      onCacheError: "stop",
    });
    assertEquals(code, 0, stderr);
    const { seeds, written, errors, broken, leftOver } = report!;
    assert(written > 0 && written < N_SAMPLES);
    assertEquals(seeds.length, mock.answered, "each paid sample is returned");
    assert(
      mock.answered <= written + 8,
      "only those in flight were paid after",
    );
    assertEquals([errors, broken, leftOver], [["CacheError"], [], []]);
    assertEquals(stderr.match(/No space left on device/gi)?.length, 1);
  },
);

Deno.test(
  "generate() continues with one warning when the disk is full and onCacheError is continue",
  onSmallDisk,
  async () => {
    await using mock = await MockOpenRouter.start();
    await using dir = new TempDir();
    const { report, stderr } = await sampleOnto(mock, dir, {
      onCacheError: "continue",
    });
    const { seeds, written, errors, broken, leftOver } = report!;
    assertEquals([seeds.length, mock.answered], [N_SAMPLES, N_SAMPLES]);
    assert(written > 0 && written < N_SAMPLES);
    assertEquals([errors, broken, leftOver], [[], [], []]);
    assertEquals(stderr.match(/No space left on device/gi)?.length, 1);
  },
);

Deno.test(
  "generate() sends nothing when the disk is read-only, unless onCacheError is continue",
  onSmallDisk,
  async () => {
    await using mock = await MockOpenRouter.start();
    await using dir = new TempDir();
    const stopped = await sampleOnto(mock, dir, {
      onCacheError: "stop",
      isReadOnly: true,
    });
    assertEquals([stopped.code, mock.started], [1, 0]);
    assertMatch(stopped.stderr, /Read-only file system/i);
    const { report, stderr } = await sampleOnto(mock, dir, {
      onCacheError: "continue",
      isReadOnly: true,
    });
    assertEquals([report!.seeds.length, report!.written], [N_SAMPLES, 0]);
    assertEquals(stderr.match(/Read-only file system/gi)?.length, 1);
  },
);

Deno.test("generate() creates the cache directory again when it vanishes during the run", async () => {
  await using dir = new TempDir();
  const cacheDir = join(dir.path, "cache");
  await using mock = await MockOpenRouter.start({
    latencyMs: ({ seed }) => {
      if (seed === 20) Deno.removeSync(cacheDir, { recursive: true });
      return 5;
    },
  });
  await using client = mockClient(mock, { cacheDir, maxConcurrency: 4 });
  const rollouts = await client.generate(PROMPT, { nSamples: 40 });
  assertEquals([rollouts.length, mock.started], [40, 40]);
  const again = await client.generate(PROMPT, { nSamples: 40 });
  const cached = again.responses.filter((response) => response.cached);
  assert(cached.length >= 20 && cached.every(({ seed }) => seed >= 16));
});
