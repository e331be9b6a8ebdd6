import {
  assert,
  assertEquals,
  assertMatch,
  assertStringIncludes,
} from "@std/assert";
import { join } from "@std/path/join";
import { MockOpenRouter } from "../../src/testing/mod.ts";
import {
  jsonLines,
  parsedLines,
  runDataSet,
  writeDataSet,
} from "../support/data_set_run.ts";
import { TempDir } from "../support/temp_dir.ts";

Deno.test("rollouts run writes each sample with the fields of its prompt, in the input's order", async () => {
  await using mock = await MockOpenRouter.start({
    latencyMs: ({ index }) => (index * 7) % 20,
  });
  await using dir = new TempDir();
  const file = await writeDataSet(
    dir,
    "set.jsonl",
    `${
      jsonLines([
        { id: "a", prompt: "What is 1+1?", answer: "2" },
        { prompt: "What is 2+2?", temperature: 1.2, n_samples: 3, tag: ["x"] },
      ])
    }\n${jsonLines([{ id: 7, messages: [{ role: "user", content: "Hi" }] }])}`,
  );
  const { code, stdout, stderr } = await runDataSet(mock, dir, [
    file,
    "-n",
    "2",
  ]);
  assertEquals(code, 0, stderr);
  const lines = parsedLines(stdout);
  assertEquals(
    lines.map(({ id, answer, tag, seed }) => [id, answer, tag, seed]),
    [
      ["a", "2", undefined, 0],
      ["a", "2", undefined, 1],
      [undefined, undefined, ["x"], 0],
      [undefined, undefined, ["x"], 1],
      [undefined, undefined, ["x"], 2],
      [7, undefined, undefined, 0],
      [7, undefined, undefined, 1],
    ],
  );
  assertEquals(lines[5]?.messages, [{ role: "user", content: "Hi" }]);
  assertStringIncludes(String(lines[0]?.full), String(lines[0]?.content));
  const temperatures = mock.requests.filter(isCompletion).map(({ body }) =>
    (body as { temperature: number }).temperature
  );
  assertEquals(temperatures.toSorted(), [0.7, 0.7, 0.7, 0.7, 1.2, 1.2, 1.2]);
  assertStringIncludes(
    stderr,
    "7 of 7 samples done for 3 prompts; $",
  );
});

Deno.test("rollouts run reads CSV and plain text", async () => {
  await using mock = await MockOpenRouter.start();
  await using dir = new TempDir();
  const csv = await writeDataSet(
    dir,
    "set.csv",
    'id,prompt,temperature,stop,note\n1,"What is\n1+1?",0.2,,"a, b"\n2,Hi,,END,\n',
  );
  const table = await runDataSet(mock, dir, [csv]);
  assertEquals(table.code, 0, table.stderr);
  assertEquals(
    parsedLines(table.stdout).map(({ id, prompt, note }) => [id, prompt, note]),
    [["1", "What is\n1+1?", "a, b"], ["2", "Hi", ""]],
  );
  const bodies = mock.requests.filter(isCompletion).map(({ body }) => body) as {
    temperature: number;
    stop?: string;
  }[];
  assertEquals(
    bodies.map(({ temperature, stop }) => [temperature, stop]).toSorted(),
    [[0.2, undefined], [0.7, "END"]],
  );
  const text = await writeDataSet(
    dir,
    "set.txt",
    "What is 1+1?\r\n\nWhat is 2+2?",
  );
  const plain = await runDataSet(mock, dir, [text]);
  assertEquals(
    parsedLines(plain.stdout).map(({ prompt }) => prompt),
    ["What is 1+1?", "What is 2+2?"],
  );
});

Deno.test("rollouts run reports the file, line, and reason of an error, and sends no request", async () => {
  await using mock = await MockOpenRouter.start();
  await using dir = new TempDir();
  const good = JSON.stringify({ id: "a", prompt: "Hi" });
  const wrong: [string, string][] = [
    ["{", "it must be a JSON object, got { (Expected property name"],
    ["[", "it must be a JSON object, got [: if the file is one JSON list"],
    ["[1]", "it must be a JSON object, got [1]: if the file is one JSON list"],
    [
      '{"id":"b"}',
      'it needs a field "prompt" or "messages"; its fields are "id"',
    ],
    [
      '{"prompt":"a","messages":[]}',
      'it has both "prompt" and "messages": remove one',
    ],
    ['{"prompt":7}', "prompt must be a string or a list"],
    ['{"prompt":"a","temperature":5}', "a number from 0 to 2, got 5"],
    ['{"prompt":"a","max_tokens":"many"}', "maxTokens must be"],
    [
      '{"prompt":"a","content":"x"}',
      "its field content has the name of a field of the output: rename it",
    ],
    [good, "its id a is also that of"],
  ];
  for (const [line, reason] of wrong) {
    const file = await writeDataSet(
      dir,
      "set.jsonl",
      `${good}\n\n${line}\n${good}`,
    );
    const { code, stdout, stderr } = await runDataSet(mock, dir, [file]);
    assertEquals([code, stdout], [2, ""], `${line}: ${stderr}`);
    assert(stderr.startsWith(`rollouts: ${file}:3: `), stderr);
    assertEquals(stderr.trimEnd().split("\n").length, 1);
    assertStringIncludes(stderr, reason);
  }
  const missing = await runDataSet(mock, dir, [join(dir.path, "none.jsonl")]);
  assertEquals(missing.code, 2);
  assertMatch(
    missing.stderr,
    /rollouts: .*none\.jsonl: the file does not exist\n$/,
  );
  assertEquals(mock.started, 0);
});

Deno.test("rollouts run warns once about a field that looks like an option, and copies it", async () => {
  await using mock = await MockOpenRouter.start();
  await using dir = new TempDir();
  const file = await writeDataSet(
    dir,
    "set.csv",
    "prompt, temperature,max-tokens,provide,Use_Cache,se\x1bed,top,models_note\n" +
      "a,0.1,5,x,no,1,b,c\nb,0.1,5,x,no,1,b,c\n",
  );
  const { code, stdout, stderr } = await runDataSet(mock, dir, [file]);
  assertEquals(code, 0, stderr);
  const told = stderr.split("\n").filter((line) => line.includes(file));
  const end = "The field is copied to the output.";
  assertEquals(told, [
    `rollouts: ${file}:2: unknown option " temperature"; did you mean "temperature"? ${end}`,
    `rollouts: ${file}:2: unknown option "max-tokens"; did you mean "max_tokens"? ${end}`,
    `rollouts: ${file}:2: unknown option "provide"; did you mean "provider"? ${end}`,
    `rollouts: ${file}:2: "Use_Cache" looks like useCache, which applies to the whole run: pass --use-cache. ${end}`,
    `rollouts: ${file}:2: unknown option "se\\u001bed"; did you mean "seed"? ${end}`,
  ]);
  assertEquals(parsedLines(stdout)[1]?.[" temperature"], "0.1");
});

Deno.test("rollouts run reports missing samples with reasons, and exits with 1", async () => {
  await using mock = await MockOpenRouter.start({
    faults: ({ seed }) => seed === 1 ? { type: "status", status: 400 } : null,
  });
  await using dir = new TempDir();
  const file = await writeDataSet(dir, "set.txt", "Hi\nHello");
  const [output, errors] = ["out", "errors"].map((name) =>
    join(dir.path, name)
  ) as [string, string];
  const args = [file, "-n", "3", "-o", output, "--errors", errors];
  const { code, stderr } = await runDataSet(mock, dir, args);
  assertEquals(code, 1);
  assertStringIncludes(
    stderr,
    "rollouts: 4 of 6 samples done for 2 prompts; $",
  );
  assertStringIncludes(stderr, `rollouts: 2 failed: see ${errors}\n`);
  const seeds = parsedLines(await Deno.readTextFile(output))
    .map(({ seed }) => seed);
  assertEquals(seeds, [0, 2, 0, 2]);
  const [first] = parsedLines(await Deno.readTextFile(errors));
  assertEquals([first?.place, first?.seed, first?.error, first?.status], [
    `${file}:1`,
    1,
    "BadRequestError",
    400,
  ]);
});

Deno.test("rollouts run --errors names flags when a sample exceeds the budget", async () => {
  await using mock = await MockOpenRouter.start();
  await using dir = new TempDir();
  const file = await writeDataSet(dir, "set.txt", "Hi");
  const errors = join(dir.path, "errors");
  const args = [file, "--max-cost-usd", "1e-9", "--errors", errors];
  const { code, stderr } = await runDataSet(mock, dir, args);
  assertEquals(code, 1);
  assertStringIncludes(stderr, `1 failed: see ${errors}`);
  const [error] = parsedLines(await Deno.readTextFile(errors));
  assertStringIncludes(`${error?.message}`, "--max-cost-usd");
  assert(!`${error?.message}`.includes("maxCostUsd"), `${error?.message}`);
});

Deno.test("rollouts run --errors writes the error that ends a run, and --output stays unchanged", async () => {
  await using mock = await MockOpenRouter.start({
    invalidApiKeys: ["sk-test"],
  });
  await using dir = new TempDir();
  const file = await writeDataSet(
    dir,
    "set.jsonl",
    jsonLines([{ id: 7, prompt: "Hi" }, { id: 8, prompt: "Hello" }]),
  );
  const [output, errors] = ["out", "errors"].map((name) =>
    join(dir.path, name)
  ) as [string, string];
  await Deno.writeTextFile(output, "good\n");
  for (const to of [["-o", output], []]) {
    const args = [file, ...to, "--errors", errors];
    const { code, stderr } = await runDataSet(mock, dir, args);
    assertEquals(code, 1);
    const lines = parsedLines(await Deno.readTextFile(errors));
    assertEquals(
      lines.map((
        line,
      ) => [line.id, line.place, line.seed, line.error, line.status]),
      [
        [7, `${file}:1`, null, "AuthenticationError", 401],
      ],
    );
    for (const shown of [stderr, String(lines[0]?.message)]) {
      assertStringIncludes(shown, "answered 401: User not found.");
    }
    await Deno.remove(errors);
  }
  assertEquals(await Deno.readTextFile(output), "good\n");
  const left = [...Deno.readDirSync(dir.path)].map(({ name }) => name);
  assertEquals(left.filter((name) => name.includes("partial")), []);
});

Deno.test("rollouts run --plan prints the maximum cost and sends nothing; --cache-only replays", async () => {
  await using mock = await MockOpenRouter.start();
  await using dir = new TempDir();
  const file = await writeDataSet(dir, "set.txt", "Hi\nHello");
  await runDataSet(mock, dir, [file, "-n", "2"]);
  const plan = await runDataSet(mock, dir, [file, "-n", "5", "--plan"]);
  assertEquals(plan.code, 0, plan.stderr);
  assertMatch(
    plan.stdout,
    /cached\s+4\nmissing\s+6\nmaximum cost\s+\$0\.0/,
  );
  const planned = [file, "-n", "5", "--plan", "--json"];
  const asJson = await runDataSet(mock, dir, planned);
  const { prompts, cached, missing, maxCostUsd } = JSON.parse(asJson.stdout);
  assertEquals([prompts, cached, missing], [2, 4, 6]);
  assert(maxCostUsd > 0, asJson.stdout);
  const noPlan = await runDataSet(mock, dir, [file, "--json"]);
  assertEquals(noPlan.code, 2);
  assertStringIncludes(noPlan.stderr, "--json needs --plan");
  const replay = await runDataSet(mock, dir, [file, "-n", "2", "--cache-only"]);
  assertEquals([replay.code, parsedLines(replay.stdout).length], [0, 4]);
  const more = await runDataSet(mock, dir, [file, "-n", "3", "--cache-only"]);
  assertEquals([more.code, parsedLines(more.stdout).length], [1, 4]);
  assertEquals(mock.started, 4);
});

Deno.test("rollouts run never replaces its input, a directory, or samples when it has none", async () => {
  await using mock = await MockOpenRouter.start();
  await using dir = new TempDir();
  const file = await writeDataSet(
    dir,
    "set.jsonl",
    jsonLines([{ prompt: "Hi" }]),
  );
  const link = join(dir.path, "link.jsonl");
  await Deno.symlink(file, link);
  const out = join(dir.path, "out.jsonl");
  const empty = await writeDataSet(dir, "empty.jsonl", "\n");
  for (
    const [args, reason] of [
      [[file, "-o", file], "--output and FILE are the same file"],
      [[file, "-o", link], "--output and FILE are the same file"],
      [
        [file, "-o", out, "--errors", out],
        "--errors and --output are the same file",
      ],
      [[file, "-o", join(dir.path, "out.csv")], "run writes JSON lines"],
      [[empty], "empty.jsonl has no prompts"],
    ] as const
  ) {
    const { code, stderr } = await runDataSet(mock, dir, args);
    assertEquals(code, 2, stderr);
    assertStringIncludes(stderr, reason);
  }
  const directory = await runDataSet(mock, dir, [file, "-o", dir.path]);
  assertEquals(directory.code, 2);
  assertStringIncludes(
    directory.stderr,
    `cannot write ${dir.path}: it is a directory`,
  );
  const nowhere = join(dir.path, "none", "out.jsonl");
  for (
    const args of [["-o", nowhere], ["-o", nowhere, "--plan"], [
      "--errors",
      nowhere,
    ]]
  ) {
    const missing = await runDataSet(mock, dir, [file, ...args]);
    assertEquals(
      [missing.code, missing.stdout, missing.stderr],
      [
        2,
        "",
        `rollouts: cannot write ${nowhere}: the directory ${
          join(dir.path, "none")
        } does not exist\n`,
      ],
    );
  }
  assertEquals(mock.started, 0);
  await Deno.writeTextFile(out, "good\n");
  const none = await runDataSet(mock, dir, [file, "-o", out, "--cache-only"]);
  assertEquals(none.code, 1);
  assertStringIncludes(none.stderr, `no samples; ${out} left unchanged`);
  assertEquals(await Deno.readTextFile(out), "good\n");
  await using failing = await MockOpenRouter.start({
    faults: { type: "status", status: 422 },
  });
  const failed = await runDataSet(failing, dir, [file, "-n", "5"]);
  assertStringIncludes(
    failed.stderr,
    `5 seeds (0, 1, 2, …): ${new URL(failing.baseUrl).host} answered 422`,
  );
});

function isCompletion({ method }: { readonly method: string }): boolean {
  return method === "POST";
}
