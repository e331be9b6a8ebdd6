import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { join } from "@std/path/join";
import { asyncBufferFromFile, parquetReadObjects } from "npm:hyparquet@1.31.5";
import { parse as parseYaml } from "npm:yaml@2.9.1";
import { extractAnswer } from "../../src/resampling/mod.ts";
import { MockOpenRouter } from "../../src/testing/mod.ts";
import { parsedLines } from "../support/data_set_run.ts";
import { OutputFiles } from "../../src/cli/output/output_files.ts";
import { openHuggingFaceFolder } from "../../src/cli/output/hugging_face_folder.ts";
import { mockClient, MODEL } from "../support/mock_client.ts";
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
  await client.generate("What is 5*10?", {
    model: "rollouts/tiny-sums",
    logprobs: true,
  });
  const write = async (file: string) => {
    const path = join(dir.path, file);
    const args = ["cache", "export", "--cache-dir", cacheDir, "-o", path];
    assertEquals(await runCli(args), {
      code: 0,
      stdout: "",
      stderr: `rollouts: 4 samples exported to ${path}\n`,
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
      ["What is 5*10?", null, 0],
    ],
  );
  const [first, , , last] = lines;
  assertEquals(first!.logprobs, null);
  const logprobs = last!.logprobs as number[];
  assertEquals(logprobs.length, last!.completion_tokens);
  assert(logprobs.every((logprob) => logprob <= 0));
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
  assertStringIncludes(csv, `,"${JSON.stringify(logprobs)}"\r\n`);
  const piped = await rollouts(
    ["cache", "export", "--cache-dir", cacheDir, "-o", "-"],
  );
  assertEquals(parsedLines(piped), lines);
});

Deno.test("rollouts cache export writes a folder for Hugging Face, and keeps an edited card", async () => {
  await using mock = await MockOpenRouter.start();
  await using dir = new TempDir();
  const cacheDir = join(dir.path, "cache");
  await using client = mockClient(mock, { cacheDir });
  await client.generate("Hi", { nSamples: 3 });
  await client.generate("Hello", { model: "qwen/qwq-32b" });
  const folder = join(dir.path, "dataset");
  const args = ["cache", "export", "--cache-dir", cacheDir, "-o", folder];
  const written = await runCli([...args, "--format", "huggingface"]);
  assertEquals([written.code, written.stderr], [
    0,
    `rollouts: 4 samples exported to ${folder}\n`,
  ]);
  const names = [...Deno.readDirSync(join(folder, "data"))].map(({ name }) =>
    name
  );
  assertEquals(names, ["train-00000.parquet"]);
  const rows = await parquetReadObjects({
    file: await asyncBufferFromFile(join(folder, "data", names[0]!)),
  });
  const lines = parsedLines(
    await rollouts(["cache", "export", "--cache-dir", cacheDir, "-o", "-"]),
  );
  assertEquals(
    rows.map(({ content }) => content),
    lines.map(({ content }) => content),
  );
  const card = await Deno.readTextFile(join(folder, "README.md"));
  const [, yaml] = /^---\n([^]*?)\n---\n/.exec(card)!;
  assertEquals(parseYaml(yaml!), {
    license: null,
    size_categories: ["n<1K"],
    configs: [{
      config_name: "default",
      data_files: [{ split: "train", path: "data/train-*.parquet" }],
    }],
  });
  assertStringIncludes(
    card,
    `| \`${MODEL}\` | 1 | 3 |\n| \`qwen/qwq-32b\` | 1 | 1 |`,
  );
  const again = await runCli([...args, "--format", "huggingface"]);
  assertEquals(again.code, 2);
  assertStringIncludes(again.stderr, "remove it, or choose another folder");
  await Deno.remove(join(folder, "data"), { recursive: true });
  await Deno.writeTextFile(join(folder, "README.md"), "license: mit\n");
  assertEquals((await runCli([...args, "--format", "huggingface"])).code, 0);
  assertEquals(
    await Deno.readTextFile(join(folder, "README.md")),
    "license: mit\n",
  );
});

Deno.test("openHuggingFaceFolder() starts a new file when one is large, and leaves nothing if it fails", async () => {
  await using dir = new TempDir();
  const output = {
    print: () => {},
    log: () => {},
    write: () => Promise.resolve(),
  };
  const row = { model: "m`|<x>\n", key: "k", content: "x".repeat(10) };
  const list = (folder: string) =>
    [...Deno.readDirSync(join(folder, "data"))].map(({ name }) => name).sort();
  const complete = join(dir.path, "complete");
  {
    await using files = new OutputFiles(output);
    const write = openHuggingFaceFolder(files, complete, {
      charactersPerFile: 25,
    });
    for (let seed = 0; seed < 5; seed++) await write({ ...row, seed });
    await files.commit();
  }
  assertEquals(list(complete), [
    "train-00000.parquet",
    "train-00001.parquet",
    "train-00002.parquet",
  ]);
  const seeds = [];
  for (const name of list(complete)) {
    const file = await asyncBufferFromFile(join(complete, "data", name));
    for (const { seed } of await parquetReadObjects({ file })) {
      seeds.push(Number(seed));
    }
  }
  assertEquals(seeds, [0, 1, 2, 3, 4]);
  assertStringIncludes(
    await Deno.readTextFile(join(complete, "README.md")),
    "| `m???x??n` | 1 | 5 |",
  );
  const broken = join(dir.path, "broken");
  {
    await using files = new OutputFiles(output);
    await openHuggingFaceFolder(files, broken)(row);
  }
  assertEquals(list(broken), []);
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

Deno.test("rollouts cache export finds answers by the rule of --answer", async () => {
  await using mock = await MockOpenRouter.start();
  await using dir = new TempDir();
  await using client = mockClient(mock, { cacheDir: dir.path });
  await client.generate("What is 6*7?", { nSamples: 5 });
  const answers = async (...args: string[]) =>
    parsedLines(
      await rollouts([
        ...["cache", "export", "--cache-dir", dir.path, "-o", "-"],
        ...args,
      ]),
    ).map(({ content, answer }) => [content, answer] as const);
  const found = await answers("--answer", "number");
  assert(found.some(([, answer]) => answer === "42"), JSON.stringify(found));
  for (const [content, answer] of found) {
    assertEquals(answer, extractAnswer(String(content), "number"));
  }
  assertEquals(
    (await answers()).map(([, answer]) => answer),
    [null, null, null, null, null],
  );
  const wrong = await runCli(
    ["cache", "export", "--cache-dir", dir.path, "-o", "-", "--answer", "box"],
  );
  assertEquals(wrong.code, 2);
  assertStringIncludes(wrong.stderr, "--answer must be boxed, number, choice");
});
