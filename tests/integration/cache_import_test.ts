import { assertEquals, assertStringIncludes } from "@std/assert";
import { join } from "@std/path/join";
import { MockOpenRouter } from "../../src/testing/mod.ts";
import { loadSqlite } from "../../src/platform/load_sqlite.ts";
import { mockClient } from "../support/mock_client.ts";
import { runCli } from "../support/run_cli.ts";
import { TempDir } from "../support/temp_dir.ts";
import ROWS from "../testdata/python_database.json" with { type: "json" };

/**
 * Writes a database as the Python package does. It wrote the rows for one prompt and model: seeds 1 and 2
 * with temperature 1 and 1.0, 3 with top_k, 4 with a penalty, 5 with a provider, 6 with messages, 7 with
 * an error, 8 without top_k and penalties.
 */
async function writeDatabase(
  path: string,
  rows: readonly (typeof ROWS)[number][] = ROWS,
): Promise<void> {
  const { DatabaseSync } = await loadSqlite("this test");
  const database = new DatabaseSync(path);
  database.exec(`
    PRAGMA journal_mode = WAL;
    CREATE TABLE responses (
      cache_key TEXT PRIMARY KEY, prompt_hash TEXT NOT NULL, model TEXT NOT NULL,
      params_hash TEXT NOT NULL, seed INTEGER NOT NULL, response_json TEXT NOT NULL,
      created_at INTEGER NOT NULL, accessed_at INTEGER NOT NULL, access_count INTEGER DEFAULT 1)`);
  const insert = database.prepare(
    "INSERT INTO responses VALUES (?, ?, ?, ?, ?, ?, 0, 0, 1)",
  );
  for (const row of rows) {
    const { cache_key, prompt_hash, model, params_hash, seed } = row;
    const fields = [cache_key, prompt_hash, model, params_hash, seed];
    insert.run(...fields, row.response_json);
  }
  database.close();
}

async function exists(path: string): Promise<boolean> {
  return await Deno.stat(path).then(() => true, () => false);
}

Deno.test("rollouts cache import copies the rows of a database of the Python package", async () => {
  await using mock = await MockOpenRouter.start();
  await using dir = new TempDir();
  const database = join(dir.path, "qwen-qwen3-30b-a3b.db");
  const cacheDir = join(dir.path, "cache");
  await writeDatabase(database);
  const command = ["cache", "import", database, "--cache-dir", cacheDir];
  const { code, stdout, stderr } = await runCli(command);
  assertEquals(code, 1);
  assertStringIncludes(stdout, `6 samples copied to ${cacheDir}, 0 already`);
  const skipped = stderr.trimEnd().split("\n")
    .map((line) => line.replace(/^.*:(\d) in .* was skipped: /, "$1 "));
  const others =
    "it has parameters that the database does not store, such as top_k";
  assertEquals(skipped, [
    `3 ${others}`,
    `4 ${others}`,
    "7 an older program wrote an error into it",
  ]);
  const verified = await runCli(["cache", "verify", "--cache-dir", cacheDir]);
  assertStringIncludes(verified.stdout, "6 samples valid, 0 invalid");
  await using client = mockClient(mock, {
    cacheDir,
    baseUrl: undefined,
    cacheOnly: true,
    maxTokens: 100,
  });
  const prompt = "What is 5*10? “×”";
  const texts = async (options: Parameters<typeof client.generate>[1]) =>
    (await client.generate(prompt, { nSamples: 9, ...options })).getTexts();
  assertEquals(await texts({}), ["x0", "x8"]);
  assertEquals(await texts({ temperature: 1 }), ["x1", "x2"]);
  const provider = { allow_fallbacks: false, order: ["DeepInfra"] };
  assertEquals(await texts({ provider }), ["x5"]);
  const again = await runCli(command);
  assertStringIncludes(again.stdout, "0 samples copied");
  assertStringIncludes(again.stdout, "6 already there");
});

Deno.test("rollouts cache import skips rows whose text belongs to another prompt, seed, or parameters", async () => {
  await using dir = new TempDir();
  const database = join(dir.path, "x.db");
  const cacheDir = join(dir.path, "cache");
  const [row] = ROWS;
  const edited = (text: string, other: string, index: number) => ({
    ...row!,
    cache_key: `edited ${index}`,
    response_json: row!.response_json.replaceAll(text, other),
  });
  const rows = [
    ["5*10", "5*11"],
    ['"seed": 0', '"seed": 1'],
    ['"temperature": 0.7', '"temperature": 0.8'],
    ['"response"', '"answer"'],
    ["{", ""],
  ].map(([text, other], index) => edited(text!, other!, index));
  assertEquals(
    rows.filter((other) => other.response_json === row!.response_json),
    [],
  );
  await writeDatabase(database, rows);
  const { code, stderr } = await runCli(
    ["cache", "import", database, "--cache-dir", cacheDir],
  );
  assertEquals([code, await exists(cacheDir)], [1, false]);
  assertEquals(stderr.split("was skipped").length - 1, rows.length, stderr);
});

Deno.test("rollouts cache import explains that a file is not a database of the Python package", async () => {
  await using dir = new TempDir();
  const other = join(dir.path, "other.db");
  const { DatabaseSync } = await loadSqlite("this test");
  new DatabaseSync(other).close();
  const text = join(dir.path, "text.db");
  await Deno.writeTextFile(text, "not a database, but long enough to be one");
  for (const path of [other, text]) {
    const { code, stderr } = await runCli(["cache", "import", path]);
    assertEquals(code > 0, true);
    assertStringIncludes(
      stderr,
      `${path} is not an SQLite cache of the Python`,
    );
  }
  const missing = await runCli(["cache", "import", join(dir.path, "no.db")]);
  assertStringIncludes(missing.stderr, "is not a file: pass the path of");
});
