import { assert, assertEquals, assertRejects } from "@std/assert";
import { join } from "@std/path/join";
import { ApiError, PrefillError, type Rollouts } from "../../mod.ts";
import {
  MOCK_MODELS,
  MockOpenRouter,
  PREFILL_BEHAVIORS,
} from "../../src/testing/mod.ts";
import type { Parsed } from "../support/ask_mock.ts";
import { mockClient, MODEL } from "../support/mock_client.ts";
import { recordedLogger } from "../support/recorded_logger.ts";
import {
  finished,
  ROOT,
  startScript,
  USUAL_PERMISSIONS,
} from "../support/run_script.ts";
import { TempDir } from "../support/temp_dir.ts";

const PROMPT = "What is 5*10?\n<think>\nI can add five ten times, so 5*1";

function samples({ cacheDir }: Rollouts): string[] {
  return [...Deno.readDirSync(cacheDir!)].map(({ name }) => name)
    .filter((name) => name.startsWith("seed_")).sort();
}

for (
  const [prefill, outcome] of [
    ["reasoning", "continued"],
    ["content", "continued_in_content"],
    ["echo", "echoed"],
    ["echo_content", "echoed"],
    ["echo_prefill", "echoed"],
    ["misfiled", "continued"],
    ["hidden", "unknown"],
    ["ignore", "restarted"],
    ["answer", "unknown"],
  ] as const
) {
  Deno.test(`a sample reports ${outcome} when the prefill behavior is "${prefill}", also if cached`, async () => {
    assert(PREFILL_BEHAVIORS.includes(prefill));
    await using mock = await MockOpenRouter.start({ prefill });
    await using dir = new TempDir();
    await using client = mockClient(mock, { cacheDir: dir.path });
    const options = { nSamples: 3, provider: { only: ["deepinfra/fp8"] } };
    const fresh = await client.generate(PROMPT, options);
    const again = await client.generate(PROMPT, options);
    assertEquals(mock.started, 3);
    for (const { responses } of [fresh, again]) {
      for (const response of responses) {
        // Some new reasoning looks like a continuation.
        const isUnsure = prefill === "ignore" && response.prefill === "unknown";
        if (!isUnsure) assertEquals(response.prefill, outcome);
        assertEquals(response.quantization, "fp8");
        assert(response.systemFingerprint !== undefined);
        const { reasoning, content } = response;
        assert(!content.includes("</think>"), content);
        if (prefill === "hidden") assertEquals(reasoning, null);
        if (outcome === "unknown") continue;
        assert(content.includes("50"), content);
        const goesOn = reasoning?.startsWith("0");
        assertEquals(goesOn, outcome !== "restarted", reasoning ?? "none");
      }
    }
  });
}

Deno.test("requireContinuation fails restarted samples without caching or rebuying them", async () => {
  await using mock = await MockOpenRouter.start({ prefill: "mixed" });
  await using dir = new TempDir();
  const options = { cacheDir: dir.path, requireContinuation: true };
  await using client = mockClient(mock, options);
  const strict = await client.generate(PROMPT, { nSamples: 4 });
  assertEquals(strict.responses.map(({ seed }) => seed), [1, 2]);
  assertEquals([...strict.errors.keys()], [0, 3]);
  for (const error of strict.errors.values()) {
    assert(error instanceof PrefillError);
    assert(error.message.includes("DeepInfra"), error.message);
  }
  assertEquals(samples(strict), ["seed_00001.json", "seed_00002.json"]);
  assertEquals(mock.started, 4);
  const lax = await client.generate(PROMPT, {
    nSamples: 4,
    requireContinuation: false,
  });
  assertEquals([lax.length, mock.started], [4, 6]);
  const again = await client.generate(PROMPT, { nSamples: 4 });
  assertEquals([[...again.errors.keys()], mock.started], [[0, 3], 6]);
});

Deno.test("generate() rejects prefills for unsupported models unless allowUnsupportedPrefill", async () => {
  await using mock = await MockOpenRouter.start();
  await using client = mockClient(mock);
  const thought = [
    { role: "user", content: "Hi" },
    { role: "assistant", content: "<think>Well" },
  ] as const;
  for (
    const [model, reason] of [
      ["google/gemini-2.5-flash", "hides its reasoning"],
      ["openai/o4-mini", "does not continue"],
      ["anthropic/claude-sonnet-4.6", "refuses a prefill"],
    ] as const
  ) {
    for (const prompt of [PROMPT, thought]) {
      const error = await assertRejects(
        () => client.generate(prompt, { model }),
        PrefillError,
      );
      assert(error.message.includes(reason), error.message);
      assert(error.message.includes("allowUnsupportedPrefill"));
    }
    await client.generate("Hi", { model });
  }
  assertEquals(mock.started, 3);
  const { errors } = await client.generate(thought, {
    model: "anthropic/claude-sonnet-4.6",
    allowUnsupportedPrefill: true,
  });
  assert(errors.get(0) instanceof ApiError);
  assertEquals(mock.started, 4);
});

Deno.test("generate() warns once about restarted or refused prefills and mixed providers", async () => {
  await using mock = await MockOpenRouter.start();
  await using dir = new TempDir();
  const script = join(dir.path, "script.ts");
  await Deno.writeTextFile(
    script,
    `import { RolloutsClient } from "${ROOT}mod.ts";
const client = new RolloutsClient({ model: "qwen/qwen3-235b-a22b" });
const prompt = ${JSON.stringify(PROMPT)};
for (const tag of ["fireworks", "groq", "deepinfra"]) {
  await client.generate(prompt, { nSamples: 3, provider: { only: [tag] } });
}
const { cacheDir } = await client.generate(prompt, { nSamples: 2 });
const file = cacheDir + "/seed_00001.json";
const text = await Deno.readTextFile(file);
await Deno.writeTextFile(file, text.replaceAll("DeepInfra", "Novita"));
await client.generate(prompt, { nSamples: 2 });
await client.generate(prompt, { nSamples: 2 });
`,
  );
  const { code, stderr } = await finished(startScript(script, {
    permissions: USUAL_PERMISSIONS,
    env: { OPENROUTER_API_KEY: "k", OPENROUTER_BASE_URL: mock.baseUrl },
    cwd: dir.path,
  }));
  assertEquals(code, 0, stderr);
  const lines = stderr.trim().split("\n").map((line) =>
    line.replace(/^rollouts: /, "").slice(0, 60)
  );
  assertEquals(
    lines,
    [
      "seed 1: qwen/qwen3-235b-a22b by Fireworks started over instea",
      `the provider rejected the prefill: ${
        new URL(mock.baseUrl).host
      } answered 400: `,
      "samples of one prompt come from 2 providers (DeepInfra, Novi",
    ].map((line) => line.slice(0, 60)),
  );
});

Deno.test("pinProvider keeps a prompt's samples with the first one's provider, now and later", async () => {
  await using mock = await MockOpenRouter.start();
  await using dir = new TempDir();
  await using client = mockClient(mock, {
    cacheDir: dir.path,
    pinProvider: true,
  });
  const preferences = () =>
    mock.requests.filter(({ method }) => method === "POST")
      .map(({ body }) => (body as Parsed).provider as unknown);
  const provider = { ignore: ["deepinfra"] };
  const first = await client.generate("Hi", { nSamples: 3, provider });
  const pinned = { ...provider, only: ["nebius"], allow_fallbacks: false };
  assertEquals(preferences(), [provider, pinned, pinned]);
  const more = await client.generate("Hi", { seed: 7, nSamples: 2, provider });
  assertEquals(preferences().slice(3), [pinned, pinned]);
  assertEquals(more.cacheDir, first.cacheDir);
  const names = [...first, ...more].map((response) => response.provider);
  assertEquals(new Set(names), new Set(["Nebius"]));
  const again = await client.generate("Hi", { nSamples: 3, provider });
  assertEquals(again.responses.map(({ cached }) => cached), [true, true, true]);
  await using another = mockClient(mock, { cacheDir: dir.path });
  const unpinned = await another.generate("Hi", { provider });
  assert(unpinned.cacheDir !== first.cacheDir);
});

Deno.test("pinProvider tries the next seed when the first fails, and reports a missing provider", async () => {
  await using mock = await MockOpenRouter.start({
    faults: ({ seed }) => seed === 0 ? { type: "status", status: 400 } : null,
  });
  await using client = mockClient(mock, { pinProvider: true, model: MODEL });
  const { responses, errors } = await client.generate("Hi", { nSamples: 4 });
  assertEquals([...errors.keys()], [0]);
  assertEquals(responses.map(({ seed }) => seed), [1, 2, 3]);
});

Deno.test("pinProvider gives concurrent calls one provider, and fails after three failures", async () => {
  const isFirst = new Set<number>();
  await using mock = await MockOpenRouter.start({
    latencyMs: 20,
    models: [{
      ...MOCK_MODELS[0]!,
      endpoints: MOCK_MODELS[0]!.endpoints.toReversed(),
    }],
  });
  await using dir = new TempDir();
  await using client = mockClient(mock, {
    cacheDir: dir.path,
    pinProvider: true,
  });
  const [one, other] = await Promise.all([
    client.generate("Hi", { nSamples: 3 }),
    client.generate("Hi", { nSamples: 3, seed: 3 }),
  ]);
  assertEquals([one.length, other.length], [3, 3]);
  for (const { body, seed } of mock.requests) {
    const { provider } = (body ?? {}) as Parsed;
    if (seed !== null && provider === undefined) isFirst.add(seed);
  }
  assertEquals(isFirst.size, 1);
  const file = join(one.cacheDir!, "seed_00005.json");
  const { request, asked } = JSON.parse(await Deno.readTextFile(file));
  assertEquals(request.provider, {
    only: ["novita"],
    allow_fallbacks: false,
  });
  assertEquals(asked.provider, undefined);
  mock.setFaults(() => ({ type: "status", status: 400 }));
  const before = mock.started;
  const { errors } = await client.generate("Other", { nSamples: 50 });
  assertEquals([errors.size, mock.started - before], [50, 3]);
  assert(errors.get(49)?.message.includes("needs a first sample"));
});

Deno.test("generate() does not warn that a prefill is sent when the call fails before that", async () => {
  await using mock = await MockOpenRouter.start();
  const messages: string[] = [];
  await using client = mockClient(mock, { logger: recordedLogger(messages) });
  const options = { model: "openai/gpt-oss-20b", prefillVia: "chat" } as const;
  await assertRejects(() => client.generate(PROMPT, options), PrefillError);
  assertEquals([messages, mock.started], [[], 0]);
});
