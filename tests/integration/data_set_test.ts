import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { join } from "@std/path/join";
import { readDataSet } from "../../src/cli/data_set/read_data_set.ts";
import { MAX_LINE_CHARACTERS } from "../../src/cli/data_set/read_lines.ts";
import { MockOpenRouter } from "../../src/testing/mod.ts";
import {
  jsonLines,
  parsedLines,
  runDataSet,
  writeDataSet,
} from "../support/data_set_run.ts";
import { runCli } from "../support/run_cli.ts";
import { TempDir } from "../support/temp_dir.ts";

Deno.test("rollouts run copies numbers and nested values to the output unchanged", async () => {
  await using mock = await MockOpenRouter.start();
  await using dir = new TempDir();
  const written = [
    '"id":12345678901234567',
    '"big":1e400',
    '"one":1.0',
    '"minus":-0',
    '"nested":{"a":[1.50, 98765432109876543210]}',
    '"text":"\\ud800 \\u0041"',
  ];
  const file = await writeDataSet(
    dir,
    "set.jsonl",
    `{${written.join(",")},"__proto__":{"x":1},"prompt":"Hi\\u2028there"}\n`,
  );
  const { code, stdout, stderr } = await runDataSet(mock, dir, [file]);
  assertEquals(code, 0, stderr);
  for (const member of written) assertStringIncludes(stdout, member);
  assertStringIncludes(stdout, '"__proto__":{"x":1}');
  assertEquals(parsedLines(stdout)[0]!.prompt, "Hi\u2028there");
});

Deno.test("rollouts run escapes a literal U+2028 in its output", async () => {
  await using mock = await MockOpenRouter.start();
  await using dir = new TempDir();
  const item = { id: "\u2028", prompt: "Hi\u2029", "a\u2028": "b\u2028" };
  const file = await writeDataSet(dir, "set.jsonl", jsonLines([item]));
  const { stdout } = await runDataSet(mock, dir, [file]);
  assert(!/[\u2028\u2029]/.test(stdout), stdout);
  const { id, prompt, ["a\u2028"]: other } = parsedLines(stdout)[0]!;
  assertEquals({ id, prompt, "a\u2028": other }, item);
});

Deno.test("ids are compared as written", async () => {
  const ids = (await readIds(
    '{"id":12345678901234567,"prompt":"a"}',
    '{"id":12345678901234568,"prompt":"a"}',
    '{"id":1,"prompt":"a"}',
    '{"id":1.0,"prompt":"a"}',
    '{"id":"1","prompt":"a"}',
  )).ids;
  assertEquals(ids.length, 5);
  for (
    const [one, other] of [
      ["12345678901234567", "12345678901234567"],
      ['"a"', '"\\u0061"'],
      ['{"a":1}', '{"a":1}'],
    ]
  ) {
    const { error } = await readIds(
      `{"id":${one},"prompt":"a"}`,
      `{"id":${other},"prompt":"a"}`,
    );
    assertStringIncludes(error, "set.jsonl:2: its id");
    assertStringIncludes(error, "set.jsonl:1: change one");
  }
});

Deno.test("an ambiguous row of a data set is an error that names the line", async () => {
  const deep = (depth: number) => "[".repeat(depth) + "]".repeat(depth);
  const wrong: readonly (readonly [string, string, string, string])[] = [
    [
      "jsonl",
      '{"prompt":"a","prompt":"b"}',
      ":1",
      '"prompt" appears twice: remove one',
    ],
    [
      "jsonl",
      '{"prompt":"a","\\u0070rompt":"b"}',
      ":1",
      "appears twice: remove one",
    ],
    [
      "jsonl",
      '{"messages":[{"role":"user","content":"a","content":"b"}]}',
      ":1",
      '"content" appears twice: remove one',
    ],
    ["jsonl", `{"prompt":"a"}\n{"prompt":"a","x":${deep(600)}}`, ":2", "500"],
    ["jsonl", `{"prompt":"a","x":${deep(100_000)}}`, ":1", "nested"],
    [
      "csv",
      "prompt,id,prompt\na,1,b",
      ":1",
      'column "prompt" appears twice: rename or',
    ],
    [
      "csv",
      "prompt;id\na;1",
      ":2",
      'it needs a column "prompt" or "messages"; its columns are "prompt;id": separate columns with commas',
    ],
    ["csv", 'prompt\n"a', ":2", "without a closing quote"],
    [
      "csv",
      'prompt\na\n"b"c',
      ":3",
      "after its closing quote: write quotes in it twice",
    ],
    [
      "csv",
      'prompt,id\na"b"c,1',
      ":2",
      "contains a quote: put the whole field in quotes",
    ],
    [
      "csv",
      "prompt,id\na",
      ":2",
      "it contains 1 field, but the first row contains 2 columns",
    ],
    ["csv", 'prompt,note\n"a\nb",x\nc', ":4", "it contains 1 field,"],
  ];
  for (const [format, text, place, reason] of wrong) {
    const { error } = await read(`set.${format}`, text);
    assertStringIncludes(error, `set.${format}${place}: `);
    assertStringIncludes(error, reason);
  }
});

Deno.test("a line of 100 MB is rejected before it is read completely", async () => {
  await using dir = new TempDir();
  const file = join(dir.path, "set.jsonl");
  {
    using out = await Deno.open(file, { write: true, create: true });
    const bytes = new TextEncoder();
    await out.write(bytes.encode('{"prompt":"a"}\n{"prompt":"'));
    const part = bytes.encode("x".repeat(1024 * 1024));
    for (let i = 0; i < 100; i++) await out.write(part);
    await out.write(bytes.encode('"}\n'));
  }
  const { error, prompts } = await readFile(file);
  assertEquals(prompts, ["a"]);
  assertStringIncludes(error, "set.jsonl:2: it is longer than");
  assert(MAX_LINE_CHARACTERS < 100 * 1024 * 1024);
});

Deno.test("CSV keeps line breaks in quoted fields, as JSON lines do", async () => {
  const prompts = ["a\r\nb", "c\nd", 'e "f", g', "\r\n", "h\r\n\r\ni"];
  const csv = prompts.map((text) => `"${text.replaceAll('"', '""')}"`);
  for (const end of ["\n", "\r\n"]) {
    const rows = ["prompt", ...csv].join(end) + end;
    assertEquals((await read("set.csv", rows)).prompts, prompts);
    assertEquals((await read("set.csv", `\ufeff${rows}`)).prompts, prompts);
  }
});

for (const format of ["csv", "jsonl"]) {
  Deno.test(`an exported ${format} table used as a data set requests nothing`, async () => {
    await using mock = await MockOpenRouter.start();
    await using dir = new TempDir();
    const set = await writeDataSet(
      dir,
      "set.jsonl",
      jsonLines([
        { prompt: "one\r\n=two", temperature: 0.2, max_tokens: 77, seed: 3 },
        { messages: [{ role: "user", content: 'a "b"\r\n' }], stop: ["x"] },
        { prompt: '[{"role": "user"}]' },
        { prompt: "three", extra_body: { verbosity: "low" }, n_samples: 2 },
      ]),
    );
    const first = await runDataSet(mock, dir, [set, "-o", join(dir.path, "o")]);
    assertEquals([first.code, mock.started], [0, 5], first.stderr);
    const table = join(dir.path, `table.${format}`);
    const cacheDir = ["--cache-dir", join(dir.path, "cache")];
    const exported = ["cache", "export", "-o", table, ...cacheDir];
    assertEquals((await runCli(exported)).code, 0);
    const again = await runDataSet(mock, dir, [table]);
    assertEquals([again.code, mock.started], [0, 5], again.stderr);
    assertEquals(parsedLines(again.stdout).length, 5);
  });
}

Deno.test("--csv-safe writes no cell that a spreadsheet evaluates as a formula", async () => {
  await using mock = await MockOpenRouter.start();
  await using dir = new TempDir();
  const prompts = ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "a=1"];
  const set = await writeDataSet(
    dir,
    "set.jsonl",
    jsonLines(prompts.map((prompt) => ({ prompt }))),
  );
  await runDataSet(mock, dir, [set]);
  const cacheDir = ["--cache-dir", join(dir.path, "cache")];
  const exported = ["cache", "export", "-o", "-", "--format", ...["csv"]];
  const columns = async (more: readonly string[]) => {
    const { stdout } = await runCli([...exported, ...more, ...cacheDir]);
    const { rows } = await read("t.csv", stdout);
    return rows.toSorted();
  };
  assertEquals(await columns([]), prompts.toSorted());
  const safe = prompts.map((text) => text === "a=1" ? text : `'${text}`);
  assertEquals(await columns(["--csv-safe"]), safe.toSorted());
  const wrong = ["cache", "export", "-o", "a.jsonl", "--csv-safe", ...cacheDir];
  assertEquals((await runCli(wrong)).code, 2);
});

Deno.test("rollouts run reports progress while it checks a large data set", async () => {
  await using mock = await MockOpenRouter.start();
  await using dir = new TempDir();
  const file = await writeDataSet(
    dir,
    "set.jsonl",
    `${jsonLines([{ prompt: "Hi" }]).repeat(200)}{"prompt":7}\n`,
  );
  const { now } = performance;
  let ms = 0;
  performance.now = () => ms += 100;
  try {
    const { code, stderr } = await runDataSet(mock, dir, [file]);
    assertEquals([code, mock.started], [2, 0]);
    assertStringIncludes(stderr, " prompts checked");
    assertStringIncludes(stderr, "set.jsonl:201: prompt must be");
  } finally {
    performance.now = now;
  }
});

async function readIds(...lines: readonly string[]) {
  return await read("set.jsonl", lines.join("\n"));
}

async function read(name: string, text: string) {
  await using dir = new TempDir();
  return await readFile(await writeDataSet(dir, name, text));
}

/** Reads a data set up to its end or the first error. */
async function readFile(file: string) {
  const ids: unknown[] = [];
  const prompts: unknown[] = [];
  const rows: unknown[] = [];
  let error = "";
  try {
    for await (const { id, prompt, promptJson } of readDataSet(file)) {
      ids.push(id);
      prompts.push(prompt);
      rows.push(JSON.parse(promptJson));
    }
  } catch (caught) {
    error = (caught as Error).message;
  }
  return { ids, prompts, rows, error };
}
