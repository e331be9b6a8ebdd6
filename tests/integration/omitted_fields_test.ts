import { assert, assertEquals, assertThrows } from "@std/assert";
import { OpenRouter } from "@rollouts/client";
import { MockOpenRouter } from "@rollouts/client/testing";
import { parseJsonObject } from "../../src/util/json_object.ts";
import { mockClient } from "../support/mock_client.ts";
import { cliEnv, runCli } from "../support/run_cli.ts";
import {
  finished,
  startScript,
  USUAL_PERMISSIONS,
} from "../support/run_script.ts";
import { TempDir } from "../support/temp_dir.ts";

const PROMPT = "What is 5*10?";

function bodyOf(mock: MockOpenRouter, index = -1) {
  return mock.requests.at(index)!.body as Record<string, unknown>;
}

/** The parameters segment of a rollouts' directory. */
function parametersOf({ cacheDir }: { readonly cacheDir: string | null }) {
  return cacheDir!.split(/[\\/]/).at(-3)!;
}

Deno.test("options that are null are not sent, and change the cache path", async () => {
  await using mock = await MockOpenRouter.start();
  await using dir = new TempDir();
  await using client = mockClient(mock, { cacheDir: dir.path });
  const options = { temperature: null, topP: null, maxTokens: null };
  for (const cached of [false, true]) {
    const rollouts = await client.generate(PROMPT, options);
    assertEquals(rollouts.at(0)?.cached, cached);
    assertEquals(
      [rollouts.temperature, rollouts.topP, rollouts.maxTokens],
      [null, null, null],
    );
    assertEquals(
      parametersOf(rollouts).replace(/_x.*/, ""),
      "tNone_pNone_tokNone",
    );
  }
  for (const field of ["temperature", "top_p", "max_tokens"]) {
    assert(!Object.hasOwn(bodyOf(mock), field));
  }
  assertEquals(bodyOf(mock).seed, 0);
  assertEquals(mock.requests.length, 1);
  // A client's null is overridden by a call's value.
  await using other = mockClient(mock, { cacheDir: dir.path, ...options });
  await other.generate(PROMPT, { temperature: 0.5 });
  assertEquals(bodyOf(mock).temperature, 0.5);
});

Deno.test("seed: null sends no seed and numbers the samples from 0", async () => {
  await using mock = await MockOpenRouter.start();
  await using dir = new TempDir();
  await using client = mockClient(mock, { cacheDir: dir.path });
  const seeded = await client.generate(PROMPT, { nSamples: 2 });
  const unseeded = await client.generate(PROMPT, { nSamples: 3, seed: null });
  assertEquals([...unseeded].map(({ seed }) => seed), [0, 1, 2]);
  assertEquals([...unseeded].map(({ cached }) => cached), [
    false,
    false,
    false,
  ]);
  assert(parametersOf(seeded) !== parametersOf(unseeded));
  for (const { body } of mock.requests.slice(2)) {
    assert(!Object.hasOwn(body as object, "seed"));
  }
  const [file] = [...Deno.readDirSync(unseeded.cacheDir!)]
    .filter(({ name }) => name === "seed_00002.json");
  const text = await Deno.readTextFile(`${unseeded.cacheDir}/${file!.name}`);
  const entry = parseJsonObject(text)!;
  assertEquals(entry.seed, 2);
  assert(!Object.hasOwn(entry.request as object, "seed"));
  const again = await client.generate(PROMPT, { nSamples: 3, seed: null });
  assertEquals([...again].every(({ cached }) => cached), true);
});

Deno.test("maxCompletionTokens replaces maxTokens, and vice versa", async () => {
  await using mock = await MockOpenRouter.start();
  await using dir = new TempDir();
  await using client = mockClient(mock, {
    cacheDir: dir.path,
    maxCompletionTokens: 5,
  });
  const rollouts = await client.generate(PROMPT);
  assertEquals(bodyOf(mock).max_completion_tokens, 5);
  assert(!Object.hasOwn(bodyOf(mock), "max_tokens"));
  assertEquals(
    parametersOf(rollouts).replace(/_x[0-9a-f]{16}$/, ""),
    "t0.7_p0.95_tokNone",
  );
  assertEquals(rollouts.at(0)?.truncated, true);
  await client.generate(PROMPT, { maxTokens: 6 });
  assertEquals(bodyOf(mock).max_tokens, 6);
  assert(!Object.hasOwn(bodyOf(mock), "max_completion_tokens"));
  assertThrows(
    () => client.validate(PROMPT, { maxTokens: 6, maxCompletionTokens: 5 }),
    TypeError,
    "omit one",
  );
});

Deno.test("generateSingle() leaves out options that are null", async () => {
  await using mock = await MockOpenRouter.start();
  const openRouter = new OpenRouter({
    apiKey: "sk-test",
    baseUrl: mock.baseUrl,
  });
  const config = { model: "qwen/qwen3-30b-a3b", temperature: null };
  const response = await openRouter.generateSingle(PROMPT, config, {
    seed: null,
  });
  assertEquals(response.seed, 0);
  for (const field of ["temperature", "seed"]) {
    assert(!Object.hasOwn(bodyOf(mock), field));
  }
});

Deno.test("rollouts generate --temperature none sends no temperature", async () => {
  await using mock = await MockOpenRouter.start();
  await using dir = new TempDir();
  const flags = ["--temperature", "none", "--max-tokens", "none"];
  const { code, stderr } = await runCli(
    [
      "generate",
      PROMPT,
      ...["-m", "qwen/qwen3-30b-a3b", "--seed", "none", "--top-p", "none"],
      ...["--cache-dir", dir.path, ...flags],
    ],
    cliEnv(mock),
  );
  assertEquals([code, stderr], [0, ""]);
  for (const field of ["temperature", "top_p", "max_tokens", "seed"]) {
    assert(!Object.hasOwn(bodyOf(mock), field));
  }
});

Deno.test("a variable and rollouts.json can leave out a field", async () => {
  await using mock = await MockOpenRouter.start();
  await using dir = new TempDir();
  await Deno.writeTextFile(
    `${dir.path}/rollouts.json`,
    JSON.stringify({ topP: null, model: "qwen/qwen3-30b-a3b" }),
  );
  const program = startScript("src/cli/main.ts", {
    permissions: USUAL_PERMISSIONS,
    env: { ...cliEnv(mock), ROLLOUTS_TEMPERATURE: "none" },
    cwd: dir.path,
  }, ["generate", PROMPT]);
  const { code, stderr } = await finished(program);
  assertEquals(code, 0, stderr);
  for (const field of ["temperature", "top_p"]) {
    assert(!Object.hasOwn(bodyOf(mock), field), field);
  }
});
