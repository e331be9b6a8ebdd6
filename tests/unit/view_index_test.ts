import { assertEquals, assertRejects } from "@std/assert";
import { join } from "@std/path/join";
import { sampleFileName } from "../../src/cache/sample_file_name.ts";
import { haveTerms } from "../../src/viewer/find_terms.ts";
import { matchExpression, parseQuery } from "../../src/viewer/parse_query.ts";
import { INDEX_FILE, openViewIndex } from "../../src/viewer/open_view_index.ts";
import { unusableHead } from "../../src/viewer/sample_head.ts";
import { ViewIndex } from "../../src/viewer/view_index.ts";
import fc from "../support/fast_check.ts";
import { TempDir } from "../support/temp_dir.ts";

const FACTS = {
  isFile: true,
  isDirectory: false,
  sizeBytes: 1,
  modifiedMs: 2.5,
};

function add(index: ViewIndex, set: number, texts: readonly string[]): void {
  for (const [seed, content] of texts.entries()) {
    const head = unusableHead(`seed_0000${seed}.json`, seed, "");
    index.addSample(set, FACTS, head, { reasoning: null, content });
  }
  index.commit();
}

/** The messages when an index is opened. */
async function opened(dir: TempDir): Promise<[ViewIndex, string[]]> {
  const said: string[] = [];
  const index = await openViewIndex(dir.path, (message) => said.push(message));
  return [index, said];
}

Deno.test("ViewIndex finds what haveTerms() finds, for any texts and query", async () => {
  using index = await ViewIndex.create(null);
  const unit = fc.oneof(
    { weight: 3, arbitrary: fc.constantFrom(...'aAbé数กิの \n"-_^\0ßς') },
    { weight: 1, arbitrary: fc.string({ unit: "binary", maxLength: 1 }) },
  );
  const text = fc.string({ unit, maxLength: 30 });
  let set = 0;
  fc.assert(
    fc.property(fc.array(text, { maxLength: 4 }), text, (texts, query) => {
      set++;
      add(index, set, texts);
      const terms = parseQuery(query);
      if (terms.length === 0) return;
      const found = [...index.matches(matchExpression(terms), set)]
        .map(({ name }) => name);
      const wanted = texts.flatMap((text, seed) =>
        haveTerms([text], terms) ? [`seed_0000${seed}.json`] : []
      );
      assertEquals(found, wanted);
      assertEquals(
        index.countMatches(matchExpression(terms), set).get(set) ?? 0,
        wanted.length,
      );
    }),
  );
});

Deno.test("ViewIndex removes samples and sets together with their words", async () => {
  using index = await ViewIndex.create(null);
  add(index, 1, ["one", "two"]);
  add(index, 2, ["two"]);
  const [first] = index.files(1);
  assertEquals([first?.size, first?.modified], [1, 2.5]);
  index.removeSample(first!.id);
  assertEquals(index.countMatches('"one"', null), new Map());
  index.removeSet(2);
  assertEquals(index.countMatches('"two"', null), new Map([[1, 1]]));
  assertEquals(index.heads(2), []);
});

Deno.test("ViewIndex returns 100,000 samples of one set in seed order", async () => {
  using index = await ViewIndex.create(null);
  const last = 99_999;
  for (let seed = last; seed >= 0; seed--) {
    const head = unusableHead(sampleFileName(seed), seed, "");
    index.addSample(7, FACTS, head, null);
  }
  index.commit();
  const heads = index.heads(7);
  assertEquals(heads.map(({ seed }) => seed), [...Array(last + 1).keys()]);
  assertEquals(heads.at(-1), unusableHead("seed_99999.json", last, ""));
});

Deno.test("ViewIndex keeps exactly what was committed when its process is killed", async () => {
  await using dir = new TempDir();
  await using killed = new TempDir();
  const [index] = await opened(dir);
  using _ = index;
  const kill = async () => {
    for (const { name } of Deno.readDirSync(dir.path)) {
      await Deno.copyFile(join(dir.path, name), join(killed.path, name));
    }
    const [left, said] = await opened(killed);
    using _ = left;
    assertEquals(said, []);
    return left.files(1).map(({ name }) => name);
  };
  assertEquals(await kill(), []);
  add(index, 1, ["word", "word"]);
  const head = unusableHead("seed_00002.json", 2, "");
  index.addSample(1, FACTS, head, { reasoning: null, content: "word" });
  assertEquals(index.countMatches('"word"', null), new Map([[1, 3]]));
  assertEquals(await kill(), ["seed_00000.json", "seed_00001.json"]);
  index.commit();
  assertEquals((await kill()).length, 3);
});

Deno.test("openViewIndex() opens an existing index", async () => {
  await using dir = new TempDir();
  {
    const [index, said] = await opened(dir);
    using _ = index;
    add(index, 1, ["word"]);
    assertEquals(said, []);
  }
  const files = [...Deno.readDirSync(dir.path)].map(({ name }) => name);
  assertEquals(files, [INDEX_FILE]);
  const [index, said] = await opened(dir);
  using _ = index;
  assertEquals(said, []);
  assertEquals(index.countMatches('"word"', null), new Map([[1, 1]]));
});

Deno.test("openViewIndex() rebuilds an index of another version, with a trigger, or invalid", async () => {
  await using dir = new TempDir();
  const path = join(dir.path, INDEX_FILE);
  const spoil: Record<string, () => Promise<void>> = {
    "of another version": async () => {
      const [index] = await opened(dir);
      add(index, 1, ["word"]);
      index[Symbol.dispose]();
      const { DatabaseSync } = await import("node:sqlite");
      const database = new DatabaseSync(path);
      database.exec("PRAGMA user_version = 1");
      database.close();
    },
    "with a trigger": async () => {
      const [index] = await opened(dir);
      index[Symbol.dispose]();
      const { DatabaseSync } = await import("node:sqlite");
      const database = new DatabaseSync(path);
      database.exec(
        "CREATE TRIGGER t AFTER INSERT ON sets BEGIN DELETE FROM sets; END",
      );
      database.close();
    },
    "no database": () => Deno.writeTextFile(path, "a text ".repeat(1000)),
  };
  for (const [what, make] of Object.entries(spoil)) {
    await Deno.remove(path).catch(() => {});
    await make();
    const [index, said] = await opened(dir);
    assertEquals(said, [`rebuilding ${path}`], what);
    assertEquals(index.countMatches('"word"', null), new Map(), what);
    add(index, 1, ["other"]);
    index[Symbol.dispose]();
    const [again, nothing] = await opened(dir);
    assertEquals(nothing, [], what);
    again[Symbol.dispose]();
  }
});

Deno.test("openViewIndex() uses memory when the index is locked, or is a link or a directory", async () => {
  await using dir = new TempDir();
  const path = join(dir.path, INDEX_FILE);
  const [first] = await opened(dir);
  const [second, said] = await opened(dir);
  add(second, 1, ["word"]);
  assertEquals(said.length, 1);
  assertEquals(
    /locked\); keeping the index in memory$/.test(said[0]!),
    true,
    said[0],
  );
  first[Symbol.dispose]();
  second[Symbol.dispose]();
  await Deno.remove(path);
  const other = join(dir.path, "other");
  await Deno.writeTextFile(other, "mine");
  await Deno.symlink(other, path);
  const [third, reason] = await opened(dir);
  third[Symbol.dispose]();
  assertEquals(reason, [
    `cannot use ${path} (${INDEX_FILE} is not a file); keeping the index in memory`,
  ]);
  assertEquals(await Deno.readTextFile(other), "mine");
  await Deno.remove(path);
  (await opened(dir))[0][Symbol.dispose]();
  for (const suffix of ["-wal", "-journal"]) {
    await Deno.symlink(other, `${path}${suffix}`);
    const [log, problem] = await opened(dir);
    log[Symbol.dispose]();
    assertEquals(problem, [
      `cannot use ${path} (${INDEX_FILE}${suffix} is not a file); keeping the index in memory`,
    ]);
    assertEquals(await Deno.readTextFile(other), "mine");
    await Deno.remove(`${path}${suffix}`);
  }
  await Deno.remove(path);
  await Deno.mkdir(path);
  const [fourth, why] = await opened(dir);
  fourth[Symbol.dispose]();
  assertEquals(why.length, 1);
});

Deno.test("ViewIndex.open() rejects while another process uses the index", async () => {
  await using dir = new TempDir();
  const path = join(dir.path, INDEX_FILE);
  using _ = await ViewIndex.create(path);
  await assertRejects(() => ViewIndex.open(path), Error, "locked");
});
