import { assert, assertEquals, assertRejects } from "@std/assert";
import { join } from "@std/path/join";
import { CacheReader } from "../../mod.ts";
import { sampleFileName } from "../../src/cache/sample_file_name.ts";
import { MockOpenRouter } from "../../src/testing/mod.ts";
import { INDEX_FILE, openViewIndex } from "../../src/viewer/open_view_index.ts";
import { fileOf, fillCache, readCache } from "../support/cache_commands.ts";
import { openView, whenTold } from "../support/cache_view.ts";
import { HOSTILE_TEXTS } from "../support/hostile_texts.ts";
import { mockClient, MODEL } from "../support/mock_client.ts";
import { seedFiles } from "../support/seed_files.ts";
import { TempDir } from "../support/temp_dir.ts";
import { writeSample } from "../support/written_sample.ts";

const PROMPT = "What is 5*10?";

Deno.test("CacheView returns the sets of a cache, their samples, and the texts", async () => {
  await using mock = await MockOpenRouter.start();
  await using dir = new TempDir();
  const { first } = await fillCache(dir, mock);
  const { view, said } = await openView(dir.path);
  await using _ = view;
  await view.whenRead();
  const { changed, reading, removed } = await view.sets(0);
  assertEquals([reading, removed, said], [null, [], []]);
  assertEquals(
    changed.map(({ model, promptStart, summary }) => [
      model,
      promptStart,
      summary.files,
      summary.samples,
    ]),
    [
      ["m", "From Python", 1, 1],
      [MODEL, "What is 5*10?", 3, 3],
      ["qwen/qwq-32b", "What is 7*7?", 2, 2],
    ],
  );
  const set = changed[1]!;
  assertEquals(set.summary.costUsd, first.getTotalCost());
  assertEquals({ ...set.summary.finishReasons }, first.getFinishReasons());
  const { prompt, prefill, samples } = await view.samples(set.id);
  assertEquals([prompt, prefill], ["What is 5*10?", null]);
  assertEquals(samples.map(({ seed }) => seed), [0, 1, 2]);
  const [head] = samples;
  const texts = await view.sample(set.id, head!.name);
  assertEquals(texts.reasoning, first.responses[0]!.reasoning);
  assertEquals(texts.content, first.responses[0]!.content);
  assertEquals(texts.path, fileOf(first, 0));
  const [{ number } = {}] = await view.answers([set.id]);
  assertEquals(Object.keys(number!.answers), samples.map(({ name }) => name));
});

Deno.test("CacheView returns the log-probabilities of a sample only if they are requested", async () => {
  await using dir = new TempDir();
  const given = { content: [{ token: "4", logprob: -0.5, top_logprobs: [] }] };
  await writeSample(dir.path, { seed: 0, content: "4", logprobs: given });
  await writeSample(dir.path, { seed: 1, content: "4" });
  const { view } = await openView(dir.path);
  await using _ = view;
  const { changed: [set] } = await view.sets(0);
  const read = async (name: string, withLogprobs: boolean) => {
    const texts = await view.sample(set!.id, name, { withLogprobs });
    return [texts.hasLogprobs, texts.logprobs];
  };
  const content = [{
    text: "4",
    logprob: -0.5,
    bytes: null,
    offset: 0,
    top: [],
  }];
  assertEquals(await read("seed_00000.json", false), [true, null]);
  assertEquals(await read("seed_00000.json", true), [
    true,
    { reasoning: null, content },
  ]);
  assertEquals(await read("seed_00001.json", true), [false, null]);
});

Deno.test("CacheView returns the reasoning prefill of a prompt", async () => {
  await using dir = new TempDir();
  await writeSample(dir.path, { prompt: "What is 2+2?\n<think>\nTwo" });
  const { view } = await openView(dir.path);
  await using _ = view;
  const { changed: [set] } = await view.sets(0);
  assertEquals(set!.prefillStart, "<think>\nTwo");
  const { prefill } = await view.samples(set!.id);
  assertEquals(prefill, "<think>\nTwo");
});

Deno.test("CacheView gives equal answers the same text in all sets that are compared", async () => {
  await using dir = new TempDir();
  const texts = ["\\boxed{0.5}", "\\boxed{\\frac{1}{2}}"];
  for (const [place, content] of texts.entries()) {
    await writeSample(dir.path, { prompt: `Half ${place}?`, content });
  }
  const { view } = await openView(dir.path);
  await using _ = view;
  const { changed } = await view.sets(0);
  const found = await view.answers(changed.map(({ id }) => id));
  const answers = found.map(({ boxed }) => Object.values(boxed!.answers)[0]);
  assertEquals(answers[0], answers[1]);
});

Deno.test("CacheView names parameters as the API does", async () => {
  await using dir = new TempDir();
  await writeSample(dir.path);
  const { view } = await openView(dir.path);
  await using _ = view;
  const { changed: [set] } = await view.sets(0);
  assertEquals(set!.parameters, {
    temperature: 0.7,
    top_p: 0.95,
    max_tokens: 100,
  });
});

Deno.test("CacheView keeps its index, which is not treated as a part of the cache", async () => {
  await using dir = new TempDir();
  for (const seed of [0, 1]) await writeSample(dir.path, { seed });
  await Deno.utime(join(await writeSample(dir.path, { seed: 2 }), ".."), 1, 1);
  const before = await firstLook(dir.path);
  assertEquals(before.samples, 3);
  const cache = new CacheReader(dir.path);
  assertEquals([...cache.staleFiles()], []);
  assertEquals([...cache.prompts()].length, 1);
  const { view, said } = await openView(dir.path);
  await using _ = view;
  // All is known at once, although no file is read again.
  const { changed: [set], reading } = await view.sets(0);
  assertEquals([reading, said], [null, []]);
  assertEquals(set!.summary.samples, 3);
  assertEquals((await view.search("4", ALL)).total, 3);
  assert((await Deno.stat(join(dir.path, INDEX_FILE))).isFile);
});

const ALL = { set: null, limit: 50 };

async function firstLook(path: string) {
  const { view } = await openView(path);
  await using _ = view;
  await view.whenRead();
  return (await view.sets(0)).changed[0]!.summary;
}

Deno.test("CacheView resumes indexing where it was closed", async () => {
  await using dir = new TempDir();
  for (let index = 0; index < 40; index++) {
    await writeSample(dir.path, { prompt: `Prompt ${index}`, content: "word" });
  }
  {
    const { view } = await openView(dir.path);
    await using _ = view;
    await view.sets(0);
  }
  const { view, said } = await openView(dir.path);
  await using _ = view;
  await view.whenRead();
  assertEquals((await view.search("word", ALL)).total, 40);
  assertEquals(said, []);
});

Deno.test("CacheView sees new, changed, and removed files, on reopening and while it is open", async () => {
  await using dir = new TempDir();
  const old = await writeSample(dir.path, { seed: 0, content: "apple" });
  await writeSample(dir.path, { seed: 1, content: "pear" });
  await firstLook(dir.path);
  await writeSample(dir.path, { seed: 0, content: "apples and oranges" });
  await writeSample(dir.path, { seed: 2, content: "apple" });
  const { view } = await openView(dir.path);
  await using _ = view;
  await view.whenRead();
  assertEquals((await view.search("oranges", ALL)).total, 1);
  const first = await view.sets(0);
  assertEquals(first.changed[0]!.summary.samples, 3);
  await Deno.remove(old);
  await writeSample(dir.path, { prompt: "Another", content: "apple" });
  const next = await whenTold(
    () => view.sets(first.generation),
    ({ changed, reading }) =>
      reading === null &&
      changed.map(({ summary }) => summary.samples).join() === "2,1",
  );
  assert(next.generation > first.generation);
  assertEquals((await view.search("apple", ALL)).total, 2);
  const { id } = first.changed[0]!;
  await Deno.remove(join(old, ".."), { recursive: true });
  await whenTold(
    () => view.sets(next.generation),
    ({ removed }) => removed.includes(id),
  );
  await assertRejects(() => view.samples(id), Error, "no set");
});

Deno.test("CacheView distinguishes two models in one directory, and shows unusable files", async () => {
  await using dir = new TempDir();
  const path = await writeSample(dir.path, { asked: "a/b:c", seed: 0 });
  const place = join(path, "..");
  const own = await Deno.readTextFile(path);
  await Deno.writeTextFile(join(place, "seed_00001.json"), "{");
  await Deno.writeTextFile(join(place, "seed_00002.json"), own);
  await Deno.symlink("/etc/hostname", join(place, "seed_00003.json"));
  await writeSample(dir.path, { asked: "a/bc", seed: 4, content: "other" });
  const { view } = await openView(dir.path);
  await using _ = view;
  await view.whenRead();
  const { changed } = await view.sets(0);
  assertEquals(
    changed.map(({ model, summary: { samples, unusable, files } }) => [
      model,
      samples,
      unusable,
      files,
    ]),
    [["a/b:c", 1, 3, 4], ["a/bc", 1, 0, 1]],
  );
  const { samples } = await view.samples(changed[0]!.id);
  assertEquals(samples.map(({ problem }) => problem), [
    null,
    "it is not a JSON object",
    "its seed is 0",
    "it is not a file",
  ]);
  const link = await view.sample(changed[0]!.id, "seed_00003.json");
  assertEquals([link.content, link.reasoning], ["", null]);
});

Deno.test("CacheView returns only sample files, whatever the requested path", async () => {
  await using dir = new TempDir();
  await writeSample(dir.path);
  await Deno.writeTextFile(join(dir.path, "seed_00000.json"), "secret");
  const { view } = await openView(dir.path);
  await using _ = view;
  const { changed: [set] } = await view.sets(0);
  for (
    const name of [
      "../../../../seed_00000.json",
      "seed_00009.json",
      "/etc/passwd",
      "..",
      "",
      INDEX_FILE,
    ]
  ) {
    await assertRejects(
      () => view.sample(set!.id, name),
      Error,
      "no sample",
    );
  }
  await assertRejects(() => view.samples("../x"), Error, "no set");
});

Deno.test("CacheView treats hostile texts as plain text", async () => {
  await using dir = new TempDir();
  for (const [seed, text] of HOSTILE_TEXTS.entries()) {
    await writeSample(dir.path, {
      seed,
      prompt: `Hostile ${HOSTILE_TEXTS.join(" ")}`,
      reasoning: text,
      content: `${text} end`,
      provider: text,
      finishReason: text,
    });
  }
  const { view, said } = await openView(dir.path);
  await using _ = view;
  await view.whenRead();
  const { changed: [set] } = await view.sets(0);
  const { summary } = JSON.parse(JSON.stringify(set!));
  assertEquals(summary.samples, HOSTILE_TEXTS.length);
  const counts = Object.values(summary.finishReasons);
  assertEquals(counts, HOSTILE_TEXTS.map(() => 1));
  assertEquals(Object.keys(summary.providers).length, HOSTILE_TEXTS.length);
  assertEquals(Object.hasOwn(Object.prototype, "samples"), false);
  for (const [seed, text] of HOSTILE_TEXTS.entries()) {
    const name = sampleFileName(seed);
    assertEquals((await view.sample(set!.id, name)).reasoning, text);
    await view.search(text, ALL);
  }
  assertEquals((await view.search("end", ALL)).total, HOSTILE_TEXTS.length);
  assertEquals(said, []);
});

Deno.test("CacheView reads a line of several megabytes, and finds words at its end", async () => {
  await using dir = new TempDir();
  const content = `${"0123456789abcdef".repeat(5 * 2 ** 16)} needle`;
  await writeSample(dir.path, { content });
  const { view } = await openView(dir.path);
  await using _ = view;
  await view.whenRead();
  const { hits: [hit] } = await view.search("needle", ALL);
  assert(hit!.excerpt.endsWith(" needle"));
  assert(hit!.excerpt.length < 300);
  const { changed: [set] } = await view.sets(0);
  const { samples: [head] } = await view.samples(set!.id);
  assertEquals(head!.contentLength, content.length);
  assertEquals(head!.contentStart.length, 160);
});

Deno.test("CacheView rebuilds a corrupt index and reports it", async () => {
  for (const share of [0, 0.5]) {
    await using dir = new TempDir();
    for (let seed = 0; seed < 30; seed++) {
      const content = Array.from({ length: 300 }, (_, i) => `${seed}x${i}`);
      await writeSample(dir.path, { seed, content: `word ${content}` });
    }
    await firstLook(dir.path);
    const file = join(dir.path, INDEX_FILE);
    const bytes = await Deno.readFile(file);
    bytes.fill(0x5a, 4096 + Math.floor((bytes.length - 4096) * share));
    await Deno.writeFile(file, bytes);
    const { view, said } = await openView(dir.path);
    await using _ = view;
    const { total } = await whenTold(
      () => view.search("word", ALL).catch(() => ({ total: 0 })),
      ({ total }) => total === 30,
    );
    assertEquals(total, 30);
    assertEquals(said.length, 1);
    assert(/^rebuilding /.test(said[0]!), said[0]);
  }
});

Deno.test("another program's database with the index's file name is left unchanged", async () => {
  const { DatabaseSync } = await import("node:sqlite");
  await using dir = new TempDir();
  const path = join(dir.path, INDEX_FILE);
  for (const version of [0, 1]) {
    await Deno.remove(path).catch(() => {});
    const database = new DatabaseSync(path);
    database.exec(
      `PRAGMA journal_mode = WAL;
      PRAGMA user_version = ${version};
      CREATE TABLE notes (text TEXT);
      INSERT INTO notes VALUES ('mine');`,
    );
    database.close();
    const before = await Deno.readFile(path);
    const said: string[] = [];
    const index = await openViewIndex(dir.path, (text) => said.push(text));
    index[Symbol.dispose]();
    assertEquals(said.length, 1);
    assert(said[0]!.includes("it is a database of another program"), said[0]);
    assertEquals(await Deno.readFile(path), before);
  }
});

Deno.test("CacheView shows the samples of all cache directories, and new ones in each", async () => {
  await using mock = await MockOpenRouter.start();
  await using dir = new TempDir();
  const [own, shared] = [join(dir.path, "own"), join(dir.path, "shared")];
  const cacheDir = [own, shared];
  await using client = mockClient(mock, { cacheDir: shared });
  await client.generate(PROMPT, { nSamples: 3 });
  await client.generate(PROMPT, { nSamples: 3, seed: 2, cacheDir: own });
  const { view } = await openView(cacheDir);
  await using _ = view;
  await view.whenRead();
  const { changed, generation } = await view.sets(0);
  assertEquals(changed.map(({ summary }) => summary.samples), [5]);
  const { samples } = await view.samples(changed[0]!.id);
  assertEquals(samples.map(({ seed }) => seed), [0, 1, 2, 3, 4]);
  assertEquals(
    (await view.sample(changed[0]!.id, samples[0]!.name)).path,
    seedFiles(shared).sort()[0],
  );
  await client.generate(PROMPT, { nSamples: 1, seed: 9 });
  const { changed: [set] } = await whenTold(
    () => view.sets(generation),
    ({ changed }) => changed.length > 0,
  );
  assertEquals(set?.summary.samples, 6);
});

Deno.test("CacheView shows packed samples, and keeps them when they are packed", async () => {
  await using mock = await MockOpenRouter.start();
  await using dir = new TempDir();
  await using client = mockClient(mock, { cacheDir: dir.path });
  await client.generate(PROMPT, { nSamples: 3 });
  const shown = async () => {
    const { view } = await openView(dir.path);
    await using _ = view;
    await view.whenRead();
    const { changed: [set] } = await view.sets(0);
    const { samples } = await view.samples(set!.id);
    const { path: __, ...texts } = await view.sample(set!.id, samples[1]!.name);
    const { hits } = await view.search("10", { set: null, limit: 9 });
    return { summary: set!.summary, samples, texts, hits };
  };
  const files = await shown();
  assertEquals((await readCache(dir, "pack")).code, 0);
  assertEquals(await shown(), files);
});
