import { assert, assertEquals, assertRejects } from "@std/assert";
import { join } from "@std/path/join";
import {
  ApiError,
  continuingProviders,
  type GenerateOptions,
  NotFoundError,
  PrefillError,
  type ProviderPreferences,
  RolloutsError,
} from "../../mod.ts";
import { MockOpenRouter } from "../../src/testing/mod.ts";
import type { Parsed } from "../support/ask_mock.ts";
import { mockClient } from "../support/mock_client.ts";
import { TempDir } from "../support/temp_dir.ts";

/** It has one provider for each prefill behavior. */
const MODEL = "qwen/qwen3-235b-a22b";
const GPT_OSS = "openai/gpt-oss-20b";
const PROMPT = "What is 5*10?\n<think>\n5*1";

function sentTo(mock: MockOpenRouter): (readonly string[] | undefined)[] {
  return mock.requests.filter(({ method }) => method === "POST").map((
    { body },
  ) => ((body as Parsed).provider as ProviderPreferences | undefined)?.only);
}

Deno.test("probePrefill() classifies each provider correctly, so that continuingProviders() all continue", async () => {
  await using mock = await MockOpenRouter.start();
  await using dir = new TempDir();
  const options = { model: MODEL, cacheDir: dir.path };
  await using client = mockClient(mock, options);
  const report = await client.probePrefill({ nSeeds: 20 });
  const seen = report.endpoints.map((endpoint) => [
    `${endpoint.prefillVia} ${endpoint.tag}`,
    endpoint.reasoningOutcome,
    endpoint.contentOutcome,
    // One provider continues for about half of the seeds.
    endpoint.reasoningContinuationRate % 1 === 0
      ? endpoint.reasoningContinuationRate
      : "some",
  ]);
  assertEquals(seen, [
    ["chat deepinfra/fp8", "continued", "continued", 1],
    ["chat novita/fp8", "continued_in_content", "continued", 1],
    ["chat nebius/fp8", "echoed", "continued", 1],
    ["chat friendli/bf16", "echoed", "echoed", 1],
    ["chat together/fp8", "echoed", "echoed", 1],
    ["chat parasail/fp8", "continued", "misfiled", 1],
    ["chat cerebras/fp16", "unknown", "continued", 0],
    ["chat fireworks/fp8", "restarted", "restarted", 0],
    ["chat alibaba", "restarted", "restarted", 0],
    ["chat groq", "refused", "refused", 0],
    ["chat siliconflow/fp8", "restarted", "restarted", "some"],
    ["completions deepinfra/fp8", "continued", "continued", 1],
    ["completions novita/fp8", "continued", "continued", 1],
    ["completions nebius/fp8", "continued", "continued", 1],
    ["completions friendli/bf16", "continued", "continued", 1],
    ["completions together/fp8", "continued", "continued", 1],
    ["completions parasail/fp8", "continued", "continued", 1],
    ["completions cerebras/fp16", "restarted", "restarted", 0],
    ["completions fireworks/fp8", "continued", "continued", 1],
    ["completions alibaba", "restarted", "restarted", 0],
    ["completions groq", "refused", "refused", 0],
    ["completions siliconflow/fp8", "continued", "continued", 1],
  ]);
  assertEquals(mock.started, 11 * 2 * 2 * 20);
  for (const prefillVia of ["chat", "completions"] as const) {
    const { responses } = await client.generate(PROMPT, {
      nSamples: 20,
      prefillVia,
      provider: { only: continuingProviders(report, prefillVia) },
    });
    const outcomes = new Set(responses.map(({ prefill }) => prefill));
    assertEquals([...outcomes], ["continued"]);
    assertEquals(responses.length, 20);
  }
  const [endpoint] = report.endpoints;
  assertEquals(endpoint?.quantization, "fp8");
  assert(endpoint?.latencyMs! >= 0 && endpoint?.promptUsdPerMillion! > 0);
});

Deno.test("verifyPrefill probes once, then uses only providers that continue", async () => {
  await using mock = await MockOpenRouter.start();
  await using dir = new TempDir();
  const options = { model: MODEL, cacheDir: dir.path, verifyPrefill: true };
  await using client = mockClient(mock, options);
  const prompts = ["1+1", "2+2", "3+3"].map((sum) => `${sum}?\n<think>\nSo`);
  for await (const { responses } of client.generateMany(prompts)) {
    assertEquals(responses[0]?.prefill, "continued");
  }
  const probes = 11 * 2 * 3;
  assertEquals(mock.started, probes + 3);
  assertEquals(sentTo(mock).slice(-3), [
    ["deepinfra/fp8"],
    ["deepinfra/fp8"],
    ["deepinfra/fp8"],
  ]);
  await using another = mockClient(mock, options);
  const { cacheDir, responses } = await another.generate(prompts[0]!, {
    nSamples: 2,
  });
  assertEquals(responses.map(({ cached }) => cached), [true, false]);
  assertEquals(mock.started, probes + 4);
  // The report does not affect cache paths, so the samples are found without it.
  await Deno.remove(join(dir.path, ".prefill"), { recursive: true });
  const { length } = await another.generate(prompts[0]!, { nSamples: 2 });
  assertEquals([length, mock.started], [2, probes + 4]);
  const plain = await another.generate(prompts[0]!, { verifyPrefill: false });
  assert(plain.cacheDir !== cacheDir);
});

Deno.test("verifyPrefill probes again after 30 days, and sends nothing if no provider continues", async () => {
  await using mock = await MockOpenRouter.start();
  await using dir = new TempDir();
  const model = "qwen/qwq-32b";
  const options = { model, cacheDir: dir.path, verifyPrefill: true };
  const generate = async (provider?: ProviderPreferences) => {
    await using client = mockClient(mock, options);
    return await client.generate(PROMPT, { provider, useCache: true });
  };
  await generate();
  const probes = 2 * 2 * 3;
  assertEquals(mock.started, probes + 1);
  const [{ name }] = [...Deno.readDirSync(join(dir.path, ".prefill"))] as [
    Deno.DirEntry,
  ];
  const file = join(dir.path, ".prefill", name);
  const report = JSON.parse(await Deno.readTextFile(file));
  const old = new Date(Date.now() - 31 * 24 * 3_600_000).toISOString();
  await Deno.writeTextFile(file, JSON.stringify({ ...report, probedAt: old }));
  await generate({ ignore: ["deepinfra"] });
  assertEquals(mock.started, 2 * (probes + 1));
  assertEquals(sentTo(mock).at(-1), ["nebius/fp8"]);
  const error = await assertRejects(
    () => generate({ only: ["groq"] }),
    PrefillError,
  );
  assert(error.message.includes("deepinfra/bf16"), error.message);
  assertEquals(mock.started, 2 * (probes + 1));
  await Deno.writeTextFile(file, "{");
  await generate({ only: ["nebius"] });
  assertEquals(sentTo(mock).at(-1), ["nebius/fp8"]);
});

Deno.test("raw prompts for gpt-oss go only to providers that do not change them", async () => {
  await using mock = await MockOpenRouter.start();
  await using client = mockClient(mock, { model: GPT_OSS });
  const { responses } = await client.generate(PROMPT, { nSamples: 4 });
  assertEquals(responses.map(({ prefill }) => prefill), [
    ...["continued", "continued", "continued", "continued"] as const,
  ]);
  const good = ["deepinfra/fp4", "novita/bf16"];
  assertEquals(sentTo(mock).slice(-4), [good, good, good, good]);
  const probes = 4 * 2 * 3;
  assertEquals(mock.started, probes + 4);
  await client.generate(PROMPT, { provider: { only: ["deepinfra"] } });
  assertEquals(mock.started, probes + 5);
});

/** Returns the endpoint that a probe request is for. */
function tagOf(body: unknown): string | undefined {
  const provider = (body as Parsed).provider as ProviderPreferences | undefined;
  return provider?.only?.[0];
}

Deno.test("probePrefill() stores a report only if all providers answered, else says why", async () => {
  let down: (tag: string | undefined) => boolean = () => true;
  await using mock = await MockOpenRouter.start({
    faults: ({ body }) =>
      down(tagOf(body)) ? { type: "status", status: 403 } : null,
  });
  await using dir = new TempDir();
  const options = { model: "qwen/qwq-32b", cacheDir: dir.path };
  const client = () => mockClient(mock, { ...options, verifyPrefill: true });
  const kept = () =>
    [...Deno.readDirSync(dir.path)].some(({ name }) => name === ".prefill");
  await using first = client();
  await assertRejects(
    () => first.generate(PROMPT),
    RolloutsError,
    `no provider of qwen/qwq-32b answered the probe: ${
      new URL(mock.baseUrl).host
    } answered 403`,
  );
  assertEquals(kept(), false);
  down = (tag) => tag === "nebius/fp8";
  const { responses } = await first.generate(PROMPT);
  assertEquals([responses[0]?.provider, kept()], ["DeepInfra", false]);
  down = () => false;
  await using second = client();
  await second.generate("2+2?\n<think>\nSo");
  assertEquals(kept(), true);
});

Deno.test("probePrefill() counts toward the call's budget, and plan() includes it", async () => {
  await using mock = await MockOpenRouter.start();
  await using dir = new TempDir();
  const options = { model: MODEL, cacheDir: dir.path, verifyPrefill: true };
  await using client = mockClient(mock, options);
  const plan = await client.plan(PROMPT, { nSamples: 2 });
  assert(plan.maxProbeCostUsd! > 0.01, `${plan.maxProbeCostUsd}`);
  const call: GenerateOptions = { nSamples: 500, maxCostUsd: 0.02 };
  const { errors, responses } = await client.generate(PROMPT, call);
  assert(mock.usage <= 0.02, `${mock.usage}`);
  assert(responses.length > 0 && errors.size > 0);
  const again = await client.plan(PROMPT, { nSamples: 502 });
  assertEquals(again.maxProbeCostUsd, 0);
});

Deno.test("probePrefill() stops when credits run out, or when all callers have aborted", async () => {
  let index = 0;
  await using mock = await MockOpenRouter.start({
    latencyMs: 30,
    faults: () => ++index > 5 ? { type: "status", status: 402 } : null,
  });
  await using client = mockClient(mock, {
    model: MODEL,
    verifyPrefill: true,
    maxConcurrency: 4,
  });
  await assertRejects(() => client.generate(PROMPT), ApiError, "402");
  const { started } = mock;
  assert(started < 20, `${started}`);
  mock.setFaults(null);
  const [one, other] = [new AbortController(), new AbortController()];
  const calls = [one, other].map(({ signal }) =>
    client.generate(PROMPT, { signal })
  );
  one.abort(new Error("one has left"));
  await assertRejects(() => calls[0]!, Error, "one has left");
  const { responses } = await calls[1]!;
  assertEquals(responses[0]?.prefill, "continued");
});

Deno.test("verifyPrefill chooses the best of the allowed providers", async () => {
  await using mock = await MockOpenRouter.start();
  await using dir = new TempDir();
  const options = { model: MODEL, cacheDir: dir.path, verifyPrefill: true };
  await using client = mockClient(mock, options);
  const whoGets = async (provider: ProviderPreferences) => {
    await client.generate(PROMPT, { provider, maxTokens: 100 });
    return sentTo(mock).at(-1);
  };
  const rest = ["novita/fp8", "nebius/fp8", "friendli/bf16", "together/fp8"];
  assertEquals(await whoGets({ ignore: ["deepinfra"] }), [
    ...rest,
    "parasail/fp8",
  ]);
  assertEquals(await whoGets({ quantizations: ["bf16"] }), ["friendli/bf16"]);
  assertEquals(await whoGets({ order: ["nebius"], allow_fallbacks: false }), [
    "nebius/fp8",
  ]);
});

Deno.test("probePrefill() reports an endpoint that privacy settings exclude, and probes the others", async () => {
  await using mock = await MockOpenRouter.start({
    faults: ({ body }) => {
      const { provider } = body as { provider: { only: string[] } };
      return provider.only.includes("nebius/fp8")
        ? {
          type: "status",
          status: 404,
          message: "No endpoints found matching your data policy",
        }
        : null;
    },
  });
  await using dir = new TempDir();
  await using client = mockClient(mock, { model: MODEL, cacheDir: dir.path });
  const { endpoints } = await client.probePrefill({ nSeeds: 2 });
  for (const { tag, error, reasoningOutcome } of endpoints) {
    if (tag === "nebius/fp8") assert(error?.includes("data policy"), tag);
    else assert(reasoningOutcome !== null, tag);
  }
  assert(endpoints.some(({ tag }) => tag === "nebius/fp8"));
});

Deno.test("probePrefill() rejects when OpenRouter does not know the model", async () => {
  await using mock = await MockOpenRouter.start();
  await using client = mockClient(mock, { model: "qwen/qwen9" });
  await assertRejects(() => client.probePrefill(), NotFoundError);
  assertEquals(mock.answered, 0);
});
