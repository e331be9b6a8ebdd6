import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { join } from "@std/path/join";
import { asyncBufferFromFile, parquetReadObjects } from "npm:hyparquet@1.31.5";
import { MockOpenRouter } from "../../src/testing/mod.ts";
import { parsedLines } from "../support/data_set_run.ts";
import { mockClient } from "../support/mock_client.ts";
import { runCli } from "../support/run_cli.ts";
import { ROOT } from "../support/run_script.ts";
import { TempDir } from "../support/temp_dir.ts";

const PROBLEMS = join(ROOT, "tests/testdata/gsm8k_style.jsonl");

async function rollouts(args: readonly string[]) {
  const { code, stdout, stderr } = await runCli(args);
  assertEquals(code, 0, stderr);
  return stdout;
}

Deno.test("the test data has 50 problems with 50 distinct answers", async () => {
  const problems = parsedLines(await Deno.readTextFile(PROBLEMS));
  assertEquals(problems.length, 50);
  for (const field of ["id", "prompt"]) {
    assertEquals(new Set(problems.map((item) => item[field])).size, 50);
  }
  assert(problems.every(({ answer }) => typeof answer === "number"));
});

Deno.test("rollouts cache export writes the same rows in each format, even with odd texts", async () => {
  const odd = 'a "quoted", \n line; 🥧 \u0000 =1+1';
  await using mock = await MockOpenRouter.start();
  await using dir = new TempDir();
  const cacheDir = join(dir.path, "cache");
  await using client = mockClient(mock, { cacheDir });
  await client.generate(odd, { nSamples: 2 });
  await client.generate([{ role: "user", content: odd }], {
    model: "meta-llama/llama-3.1-8b-instruct",
  });
  const write = async (file: string) => {
    const path = join(dir.path, file);
    const args = ["cache", "export", "--cache-dir", cacheDir, "-o", path];
    assertEquals(await runCli(args), {
      code: 0,
      stdout: "",
      stderr: `rollouts: 3 samples exported to ${path}\n`,
    });
    return path;
  };
  const lines = parsedLines(await Deno.readTextFile(await write("a.jsonl")));
  assertEquals(
    lines.map(({ prompt, messages, seed }) => [prompt, messages, seed]),
    [
      [null, JSON.stringify([{ role: "user", content: odd }]), 0],
      [odd, null, 0],
      [odd, null, 1],
    ],
  );
  const rows = await parquetReadObjects({
    file: await asyncBufferFromFile(await write("a.parquet")),
  });
  const plain = rows.map((row) =>
    Object.fromEntries(
      Object.entries(row).map((
        [name, value],
      ) => [name, typeof value === "bigint" ? Number(value) : value ?? null]),
    )
  );
  assertEquals(plain, lines);
  const csv = await Deno.readTextFile(await write("a.csv"));
  assertStringIncludes(csv, 'a ""quoted""');
  assertEquals(csv.split("key,model,prompt").length, 2);
  const piped = await rollouts(
    ["cache", "export", "--cache-dir", cacheDir, "-o", "-"],
  );
  assertEquals(parsedLines(piped), lines);
});

Deno.test("rollouts cache export lists unusable files, and leaves no partial output", async () => {
  await using mock = await MockOpenRouter.start();
  await using dir = new TempDir();
  const cacheDir = join(dir.path, "cache");
  await using client = mockClient(mock, { cacheDir });
  const { cacheDir: path } = await client.generate("Hi", { nSamples: 2 });
  await Deno.writeTextFile(join(path!, "seed_00001.json"), "{");
  const output = join(dir.path, "out.jsonl");
  const { code, stderr } = await runCli(
    ["cache", "export", "--cache-dir", cacheDir, "-o", output],
  );
  assertEquals(code, 1);
  assertStringIncludes(stderr, "seed_00001.json: it is not a JSON object");
  assertEquals(parsedLines(await Deno.readTextFile(output)).length, 1);
  const names = [...Deno.readDirSync(dir.path)].map(({ name }) => name);
  assertEquals(names.toSorted(), ["cache", "out.jsonl"]);
});
