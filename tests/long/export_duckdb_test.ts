import { assert, assertEquals } from "@std/assert";
import { join } from "@std/path/join";
import { MockOpenRouter } from "../../src/testing/mod.ts";
import { parsedLines, writeDataSet } from "../support/data_set_run.ts";
import { documentBlocks } from "../support/document.ts";
import { MODEL } from "../support/mock_client.ts";
import { cliEnv, runCli } from "../support/run_cli.ts";
import { ROOT } from "../support/run_script.ts";
import { TempDir } from "../support/temp_dir.ts";

const PROBLEMS = join(ROOT, "tests/testdata/gsm8k_style.jsonl");
const DUCKDB = "@duckdb/node-api@1.5.6-r.1";

async function rollouts(mock: MockOpenRouter, args: readonly string[]) {
  const { code, stderr } = await runCli(args, cliEnv(mock));
  assertEquals(code, 0, stderr);
}

/**
 * Returns the results of queries in DuckDB's npm package, which Node runs in a separate directory.
 */
async function duckdb(
  dir: TempDir,
  ...queries: readonly string[]
): Promise<Record<string, unknown>[][]> {
  const cwd = join(dir.path, "duckdb");
  await Deno.mkdir(cwd);
  await Deno.writeTextFile(join(cwd, "package.json"), '{"private":true}');
  const script = `
import { DuckDBInstance } from "@duckdb/node-api";
const connection = await (await DuckDBInstance.create(":memory:")).connect();
const results = [];
for (const query of ${JSON.stringify(queries)}) {
  results.push((await connection.runAndReadAll(query)).getRowObjectsJson());
}
console.log(JSON.stringify(results));`;
  await Deno.writeTextFile(join(cwd, "query.mjs"), script);
  const run = async (command: string, args: string[]) => {
    const child = new Deno.Command(command, { args, cwd });
    const { success, stdout, stderr } = await child.output();
    assert(success, new TextDecoder().decode(stderr));
    return new TextDecoder().decode(stdout);
  };
  await run("npm", ["install", "--no-audit", "--no-fund", DUCKDB]);
  return JSON.parse(await run("node", ["query.mjs"]));
}

Deno.test("docs/exports.md: DuckDB runs the queries", async () => {
  await using mock = await MockOpenRouter.start();
  await using dir = new TempDir();
  const table = join(dir.path, "samples.parquet");
  const sums = Array.from({ length: 10 }, (_, i) => `What is ${i + 2}*7?`);
  const file = await writeDataSet(dir, "sums.txt", sums.join("\n"));
  const options = ["--cache-dir", join(dir.path, "cache")];
  for (const temperature of ["0.5", "1"]) {
    const run = ["run", file, "-m", MODEL, "-n", "2"];
    await rollouts(mock, [
      ...[...run, "--temperature", temperature],
      ...["-o", join(dir.path, "out.jsonl"), ...options],
    ]);
  }
  await rollouts(mock, [
    ...["cache", "export", "--answer", "number", "-o", table],
    ...options,
  ]);
  const queries = documentBlocks("sql", "docs/exports.md")
    .map((query) => query.replaceAll("'samples.parquet'", `'${table}'`));
  const results = await duckdb(dir, ...queries);
  const [costs = [], answers = [], agreement = [], pairs = []] = results;
  assertEquals(results.length, 4);
  const samplesIn = (rows: readonly Record<string, unknown>[]) =>
    rows.reduce((sum, { samples }) => sum + Number(samples), 0);
  assertEquals([samplesIn(costs), samplesIn(answers)], [40, 40]);
  assert(costs.every(({ cost_usd }) => Number(cost_usd) > 0));
  for (const [i, sum] of sums.entries()) {
    const own = answers.filter(({ prompt }) => prompt === sum);
    assert(
      own.some(({ answer }) => answer === `${(i + 2) * 7}`),
      JSON.stringify(own),
    );
  }
  assertEquals(agreement.length, 2);
  for (const { model, prompts, agreement: share } of agreement) {
    assertEquals([model, Number(prompts)], [MODEL, 10]);
    assert(Number(share) >= 0.5 && Number(share) <= 1, `${share}`);
  }
  assertEquals(pairs.length, 20);
});

Deno.test("rollouts run and cache export produce Parquet that DuckDB reads", async () => {
  await using mock = await MockOpenRouter.start();
  await using dir = new TempDir();
  const [cacheDir, samples, table] = ["cache", "samples.jsonl", "out.parquet"]
    .map((name) => join(dir.path, name)) as [string, string, string];
  const options = ["--cache-dir", cacheDir];
  await rollouts(mock, [
    "run",
    PROBLEMS,
    "-m",
    MODEL,
    "-n",
    "4",
    "-o",
    samples,
    ...options,
  ]);
  await rollouts(mock, ["cache", "export", "-o", table, ...options]);
  const lines = parsedLines(await Deno.readTextFile(samples));
  assertEquals(lines.length, 200);
  const name = (row: Record<string, unknown>) => `${row.prompt} ${row.seed}`;
  const [read = []] = await duckdb(
    dir,
    `select prompt, seed, content, reasoning, cost, completion_tokens, completed_reasoning
     from read_parquet('${table}')`,
  );
  const rows = new Map(read.map((row) => [name(row), row]));
  assertEquals(rows.size, 200);
  for (const line of lines) {
    const row = rows.get(name(line))!;
    for (
      const field of ["content", "reasoning", "cost", "completed_reasoning"]
    ) {
      assertEquals(row[field], line[field]);
    }
    // DuckDB writes integers of 64 bits as text.
    assertEquals(Number(row.completion_tokens), line.completion_tokens);
  }
});
