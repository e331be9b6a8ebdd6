import {
  assert,
  assertEquals,
  assertRejects,
  assertStringIncludes,
} from "@std/assert";
import { walkSync } from "@std/fs/walk";
import { dirname } from "@std/path/dirname";
import { join } from "@std/path/join";
import { CacheError, CacheReader, type Rollouts } from "../../mod.ts";
import { packName } from "../../src/cache/pack_name.ts";
import { compression } from "../../src/platform/deno/compression.ts";
import { encodePack } from "../../src/cache/encode_pack.ts";
import { LockHolder } from "../../src/cache/lock_holder.ts";
import { MockOpenRouter } from "../../src/testing/mod.ts";
import { fileOf, fillCache, readCache } from "../support/cache_commands.ts";
import { mockClient, MODEL } from "../support/mock_client.ts";
import { cliEnv, runCli, startCli } from "../support/run_cli.ts";
import { seedFiles } from "../support/seed_files.ts";
import { killIfRunning } from "../support/kill_if_running.ts";
import { until } from "../support/until.ts";
import { TempDir } from "../support/temp_dir.ts";
import { writeSample } from "../support/written_sample.ts";

const PROMPT = "What is 5*10?";
const FORMAT = compression.canWriteZstd() ? "zst" : "gz";
const PACK = packName(0, FORMAT);

/** Returns the content of each file below a directory, by its path. */
function contents(path: string): Map<string, string> {
  return new Map(
    [...walkSync(path, { includeDirs: false })]
      .map(({ path }) => [path, Deno.readTextFileSync(path)] as const)
      .sort(([a], [b]) => a < b ? -1 : 1),
  );
}

/** Packs a cache, and returns what was left. */
async function packed(dir: TempDir): Promise<string> {
  const { code, stderr } = await readCache(dir, "pack");
  assertEquals(code, stderr === "" ? 0 : 1);
  return stderr;
}

function namesIn({ cacheDir }: Rollouts): string[] {
  return [...Deno.readDirSync(cacheDir!)].map(({ name }) => name).sort();
}

Deno.test("rollouts cache pack writes one file for a prompt, and generate() and plan() read it", async () => {
  await using mock = await MockOpenRouter.start();
  await using dir = new TempDir();
  await using client = mockClient(mock, { cacheDir: dir.path });
  const first = await client.generate(PROMPT, { nSamples: 4 });
  const { code, stdout } = await readCache(dir, "pack");
  assertEquals([code, namesIn(first)], [0, [PACK]]);
  assertStringIncludes(stdout, "packed 4 samples of ");
  const plan = await client.plan(PROMPT, { nSamples: 6 });
  assertEquals([plan.cached, plan.missing], [4, 2]);
  assertEquals(client.explainMiss(PROMPT, { seed: 3 }).isCached, true);
  const again = await client.generate(PROMPT, { nSamples: 6 });
  assertEquals(mock.started, 6);
  assertEquals(again.getTexts().slice(0, 4), first.getTexts());
  assertEquals(
    again.responses.map(({ cached }) => cached),
    [true, true, true, true, false, false],
  );
  // New samples are files until the next pack.
  assertEquals(
    namesIn(first),
    [PACK, "seed_00004.json", "seed_00005.json"].sort(),
  );
  await readCache(dir, "pack");
  assertEquals(namesIn(first), [PACK]);
  await client.generate(PROMPT, { nSamples: 6 });
  assertEquals(mock.started, 6);
});

Deno.test("all commands show packed samples as they show files", async () => {
  await using mock = await MockOpenRouter.start();
  await using dir = new TempDir();
  const { first } = await fillCache(dir, mock);
  const data = join(dir.path, "..", `${crypto.randomUUID()}.jsonl`);
  await Deno.writeTextFile(data, JSON.stringify({ prompt: PROMPT }));
  const key = [...new CacheReader(dir.path).prompts()]
    .find(({ path }) => path === first.cacheDir)!.key;
  const shown = async () => {
    const outputs = [
      await readCache(dir, "ls", "--json"),
      await readCache(dir, "stats", "--json"),
      await readCache(dir, "verify", "--json"),
      await readCache(dir, "show", key),
      await readCache(dir, "show", key, "--json"),
      await readCache(dir, "export", "--format", "jsonl", "-o", "-"),
    ];
    await using copy = new TempDir();
    const slice = await runCli([
      ...["cache", "slice", data, "-m", MODEL, "-n", "3", "-o", copy.path],
      ...["--cache-dir", dir.path],
    ], cliEnv(mock));
    const copied = seedFiles(copy.path).sort()
      .map((
        path,
      ) => [path.slice(copy.path.length), Deno.readTextFileSync(path)]);
    assertEquals([slice.code, copied.length], [0, 3]);
    return { outputs, copied };
  };
  const files = await shown();
  assertEquals(await packed(dir), "");
  assertEquals(seedFiles(dir.path), []);
  assertEquals(await shown(), files);
  await Deno.remove(data);
});

Deno.test("CacheReader.sample() reads a listed file that was packed or unpacked since", async () => {
  await using mock = await MockOpenRouter.start();
  await using dir = new TempDir();
  await using client = mockClient(mock, { cacheDir: dir.path });
  await client.generate(PROMPT);
  const cache = new CacheReader(dir.path);
  const listed = () => {
    const [prompt] = cache.prompts();
    const [file] = prompt!.files;
    return () => cache.sample(prompt!.segments, file!)!;
  };
  const read = listed();
  const { entry, path } = read();
  assertEquals(await packed(dir), "");
  assertEquals([read().entry, read().path], [
    entry,
    dirname(path) + `/${PACK}`,
  ]);
  const readPacked = listed();
  assertEquals((await readCache(dir, "pack", "--undo")).code, 0);
  assertEquals(readPacked().entry, entry);
});

Deno.test("rollouts cache pack --undo restores every file as it was", async () => {
  await using mock = await MockOpenRouter.start();
  await using dir = new TempDir();
  await fillCache(dir, mock);
  for (const seed of [0, 998, 999, 1000, 123456]) {
    await writeSample(dir.path, { seed, content: "“×” \\u2028 \u2028\t" });
  }
  const [path] = seedFiles(dir.path).filter((path) => path.includes("998"));
  const text = await Deno.readTextFile(path!);
  // Tabs and line ends as other programs write them, and a byte order mark.
  await Deno.writeTextFile(path!, `\ufeff${text.replaceAll("  ", "\t")}\r\n`);
  const before = contents(dir.path);
  assertEquals(await packed(dir), "");
  const packs = [...contents(dirname(path!)).keys()];
  assertEquals(packs.length, 3);
  const valid = JSON.parse((await readCache(dir, "verify", "--json")).stdout);
  assertEquals([valid.sound, valid.faults], [before.size, []]);
  assertEquals((await readCache(dir, "pack", "--undo")).code, 0);
  assertEquals(contents(dir.path), before);
});

Deno.test("a file wins over a packed sample of the same seed, and is neither packed nor lost", async () => {
  await using mock = await MockOpenRouter.start();
  await using dir = new TempDir();
  await using client = mockClient(mock, { cacheDir: dir.path });
  const first = await client.generate(PROMPT, { nSamples: 2 });
  const file = fileOf(first, 1);
  const text = Deno.readTextFileSync(file);
  await readCache(dir, "pack");
  const edited = text.replace(
    '"finish_reason": "stop"',
    '"finish_reason": "length"',
  );
  assert(edited !== text);
  Deno.writeTextFileSync(file, edited);
  const again = await client.generate(PROMPT, { nSamples: 2 });
  assertEquals(again.getFinishReasons(), { stop: 1, length: 1 });
  for (const undo of [[], ["--undo"]]) {
    const { code, stderr } = await readCache(dir, "pack", ...undo);
    assertEquals([code, Deno.readTextFileSync(file)], [1, edited]);
    assertStringIncludes(stderr, `${file}: it differs from the sample in `);
    assert(namesIn(first).includes(PACK));
  }
});

Deno.test("rollouts cache pack leaves unusable files, young prompts, and prompts in use", async () => {
  await using dir = new TempDir();
  const path = await writeSample(dir.path, { seed: 1 });
  const young = await readCache(dir, "pack", "--older-than", "1h");
  assertEquals([young.code, seedFiles(dir.path)], [0, [path]]);
  const directory = dirname(path);
  {
    const holder = new LockHolder(dir.path);
    holder.acquire({ directory, name: ".seeds_00000-00015.lock" });
    const used = await readCache(dir, "pack");
    assertEquals([used.code, seedFiles(dir.path)], [1, [path]]);
    assertStringIncludes(used.stderr, `${directory}: another process uses it`);
    holder.release({ directory, name: ".seeds_00000-00015.lock" });
    holder.close();
  }
  const broken = join(directory, "seed_00002.json");
  await Deno.writeTextFile(broken, "{");
  const old = new Date(Date.now() - 7_200_000);
  for (const file of [path, broken]) await Deno.utime(file, old, old);
  const { code, stderr } = await readCache(dir, "pack", "--older-than", "1h");
  assertEquals([code, seedFiles(dir.path)], [1, [broken]]);
  assertStringIncludes(stderr, `${broken}: it is not a JSON object`);
});

Deno.test("a damaged pack is an error that names it, and never a miss", async () => {
  await using mock = await MockOpenRouter.start();
  await using dir = new TempDir();
  await using client = mockClient(mock, { cacheDir: dir.path });
  const rollouts = await client.generate(PROMPT, { nSamples: 20 });
  await readCache(dir, "pack");
  const path = join(rollouts.cacheDir!, PACK);
  const bytes = Deno.readFileSync(path);
  const flipped = bytes.slice();
  flipped[flipped.length >> 1]! ^= 1;
  const damages = [
    bytes.slice(0, -1),
    bytes.slice(0, bytes.length >> 1),
    new Uint8Array(),
    flipped,
    new TextEncoder().encode("not compressed"),
  ];
  for (const damaged of damages) {
    Deno.writeFileSync(path, damaged);
    for (const call of ["generate", "plan"] as const) {
      const error = await assertRejects(
        () => client[call](PROMPT, { nSamples: 20 }),
        CacheError,
        `cannot read ${path}: `,
      );
      assertEquals(error.path, path);
    }
    const { code, stdout } = await readCache(dir, "verify");
    assertEquals(code, 1);
    assertStringIncludes(stdout, `${path}: cannot read`);
    const pruned = await readCache(dir, "prune", "--older-than", "0h", "--yes");
    assertStringIncludes(pruned.stderr, `cannot read ${path}: `);
    assertEquals((await readCache(dir, "pack", "--undo")).code, 1);
    assertEquals(Deno.readFileSync(path), damaged);
  }
  assertEquals(mock.started, 20);
});

Deno.test("a gzip pack is read, and the next pack replaces it", async () => {
  await using mock = await MockOpenRouter.start();
  await using dir = new TempDir();
  await using client = mockClient(mock, { cacheDir: dir.path });
  const first = await client.generate(PROMPT, { nSamples: 3 });
  const gzip = join(first.cacheDir!, packName(0, "gz"));
  const files = new Map([0, 1].map((seed) => {
    const path = fileOf(first, seed);
    const bytes = Deno.readFileSync(path);
    Deno.removeSync(path);
    return [`seed_0000${seed}.json`, bytes];
  }));
  await Deno.writeFile(gzip, encodePack(files, gzip, "gz"));
  const again = await client.generate(PROMPT, { nSamples: 3 });
  assertEquals(again.getTexts(), first.getTexts());
  assertEquals(await packed(dir), "");
  assertEquals(namesIn(first), [PACK]);
  const last = await client.generate(PROMPT, { nSamples: 3 });
  assertEquals([last.getTexts(), mock.started], [first.getTexts(), 3]);
});

Deno.test("rollouts cache prune removes packed samples, also below a file of the same name", async () => {
  await using mock = await MockOpenRouter.start();
  await using dir = new TempDir();
  await using client = mockClient(mock, { cacheDir: dir.path });
  const first = await client.generate(PROMPT, { nSamples: 3 });
  const files = contents(first.cacheDir!);
  await readCache(dir, "pack");
  const [hidden] = files;
  await Deno.writeTextFile(...hidden!);
  const cut = fileOf(first, 1);
  await readCache(dir, "pack", "--undo");
  await Deno.writeTextFile(
    cut,
    files.get(cut)!.replace(
      '"finish_reason": "stop"',
      '"finish_reason": "length"',
    ),
  );
  await readCache(dir, "pack");
  await Deno.writeTextFile(...hidden!);
  await readCache(dir, "prune", "--finish-reason", "length", "--yes");
  const seeds = () =>
    [...new CacheReader(dir.path).prompts()]
      .flatMap(({ files }) => files.map(({ seed }) => seed));
  assertEquals(seeds(), [0, 2]);
  await readCache(dir, "prune", "-m", MODEL, "--yes");
  assertEquals([seeds(), contents(dir.path).size], [[], 0]);
});

Deno.test("rollouts cache pack can be killed at any moment: no sample is lost or doubled", async () => {
  await using mock = await MockOpenRouter.start();
  await using dir = new TempDir();
  for (let prompt = 0; prompt < 30; prompt++) {
    for (let seed = 0; seed < 5; seed++) {
      await writeSample(dir.path, {
        prompt: `${prompt}`,
        seed,
        content: `${seed}`,
      });
    }
  }
  const cache = new CacheReader(dir.path);
  const samples = () =>
    [...cache.prompts()].flatMap((prompt) =>
      prompt.files.map((file) => [
        `${prompt.path}/${file.name}`,
        new TextDecoder().decode(cache.read(prompt.segments, file)!),
      ])
    );
  const before = samples();
  assertEquals(before.length, 150);
  const countPacks = () =>
    [...walkSync(dir.path, { includeDirs: false })]
      .filter(({ name }) => name === PACK).length;
  let kills = 0;
  for (const [undo, packs] of [[[], 12], [["--undo"], 6]] as const) {
    const args = ["cache", "pack", ...undo, "--cache-dir", dir.path];
    const child = startCli(mock, args);
    let hasEnded = false;
    child.status.then(() => hasEnded = true);
    await until(() =>
      hasEnded ||
      (undo.length === 0 ? countPacks() >= packs : countPacks() <= packs)
    );
    if (!hasEnded) kills++;
    killIfRunning(child, "SIGKILL");
    await child.output();
    assertEquals(samples(), before);
  }
  assert(kills > 0);
  // The lock of a killed process is taken over after two seconds.
  const { stderr } = await readCache(dir, "pack");
  assertEquals(samples(), before);
  const inUse = stderr.split("another process uses it").length - 1;
  assertEquals([countPacks() >= 30 - inUse, inUse <= 2], [true, true], stderr);
});

Deno.test("samples are requested once while another process packs and unpacks their prompts", async () => {
  await using mock = await MockOpenRouter.start({ latencyMs: 2 });
  await using dir = new TempDir();
  let isDone = false;
  const packing = (async () => {
    for (let round = 0; !isDone; round++) {
      await startCli(mock, [
        ...["cache", "pack", "--cache-dir", dir.path],
        ...(round % 3 === 2 ? ["--undo"] : []),
      ]).output();
    }
  })();
  const prompts = Array.from({ length: 2 }, (_, index) => `${index}+1?`);
  const buy = async () => {
    await using client = mockClient(mock, {
      cacheDir: dir.path,
      maxConcurrency: 4,
    });
    for (let nSamples = 10; nSamples <= 40; nSamples += 10) {
      for await (
        const { length } of client.generateMany(prompts, { nSamples })
      ) assertEquals(length, nSamples);
    }
  };
  await Deno.mkdir(dir.path, { recursive: true });
  await Promise.all([buy(), buy()]);
  isDone = true;
  await packing;
  assertEquals(mock.started, 80);
});
