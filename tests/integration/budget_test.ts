import {
  assert,
  assertEquals,
  assertInstanceOf,
  assertRejects,
} from "@std/assert";
import { BudgetError, type Rollouts, RolloutsError } from "../../mod.ts";
import { MOCK_MODELS, MockOpenRouter } from "../../src/testing/mod.ts";
import { mockClient, MODEL } from "../support/mock_client.ts";
import { TempDir } from "../support/temp_dir.ts";
import { worstUsd } from "../support/worst_usd.ts";
import { serve } from "../support/serve.ts";

const PROMPT = "What is 5*10?";

Deno.test("maxCostUsd of a call stops it below the limit, and a higher limit continues", async () => {
  await using mock = await MockOpenRouter.start({ latencyMs: 2 });
  await using dir = new TempDir();
  await using client = mockClient(mock, {
    cacheDir: dir.path,
    maxTokens: 1000,
  });
  const maxCostUsd = 2 * worstUsd(1000);
  const options = { nSamples: 100, maxCostUsd };
  const { responses, errors } = await client.generate(PROMPT, options);
  assert(mock.usage <= maxCostUsd, `${mock.usage} of ${maxCostUsd}`);
  // Far more than the two that fit at worst-case cost, since answers are shorter.
  assert(responses.length > 4, `${responses.length}`);
  assertEquals(responses.length + errors.size, 100);
  for (const error of errors.values()) assertInstanceOf(error, BudgetError);
  assertEquals(mock.started, responses.length);

  const all = await client.generate(PROMPT, { nSamples: 100, maxCostUsd: 1 });
  assertEquals([all.length, all.errors.size], [100, 0]);
  assertEquals(mock.started, 100);
});

Deno.test("maxCostUsd of a client covers all its calls, that of generateMany all its prompts", async () => {
  await using mock = await MockOpenRouter.start();
  const maxCostUsd = 2 * worstUsd(1000);
  await using limited = mockClient(mock, { maxTokens: 1000, maxCostUsd });
  for (const prompt of ["one", "two", "three"]) {
    await limited.generate(prompt, { nSamples: 50 });
  }
  assert(mock.usage <= maxCostUsd);
  mock.reset();
  await using client = mockClient(mock, { maxTokens: 1000 });
  const all: Rollouts[] = [];
  const prompts = ["one", "two", "three"];
  for await (
    const rollouts of client.generateMany(prompts, { nSamples: 50, maxCostUsd })
  ) all.push(rollouts);
  assert(mock.usage > 0 && mock.usage <= maxCostUsd);
  assert(all.at(-1)!.errors.size > 0);
});

Deno.test("maxCostUsd counts API errors as free and interrupted attempts at their worst-case cost", async () => {
  for (
    const [type, samples] of [["error_in_200", 20], [
      "connection_reset",
      0,
    ]] as const
  ) {
    await using mock = await MockOpenRouter.start({
      faults: ({ attempt }) => attempt === 1 ? { type } : null,
    });
    await using client = mockClient(mock, {
      maxTokens: 1000,
      maxConcurrency: 1,
    });
    const { length } = await client.generate(PROMPT, {
      nSamples: 20,
      maxCostUsd: 3.5 * worstUsd(1000),
      maxConcurrency: 1,
    });
    assert(
      samples === 0 ? length < 4 : length === samples,
      `${type}: ${length}`,
    );
  }
});

Deno.test("maxCostUsd rejects the call before any cost when the model has no price", async () => {
  const models = MOCK_MODELS.filter(({ id }) => id !== MODEL);
  await using mock = await MockOpenRouter.start({ models });
  await using client = mockClient(mock);
  await assertRejects(
    () => client.generate(PROMPT, { maxCostUsd: 1 }),
    RolloutsError,
    `lists no model ${MODEL} with a price`,
  );
  assertEquals(mock.started, 0);
});

Deno.test("maxCostUsd rejects a request with unbounded cost unless allowUnboundedCost is set", async () => {
  await using mock = await MockOpenRouter.start();
  const unbounded = {
    "searches the web": { model: `${MODEL}:online` },
    "the plugin web is charged separately": {
      extraBody: { plugins: [{ id: "web" }] },
    },
    "the service tier priority is priced differently": {
      extraBody: { service_tier: "priority" },
    },
    "the preset can change": { extraBody: { preset: "mine" } },
  };
  for (const [reason, options] of Object.entries(unbounded)) {
    await using client = mockClient(mock, { ...options, maxCostUsd: 1 });
    await assertRejects(() => client.generate(PROMPT), RolloutsError, reason);
    assertEquals((await client.plan(PROMPT)).maxCostUsd, null);
  }
  assertEquals(mock.started, 0);
  await using client = mockClient(mock, { maxCostUsd: 1 });
  const extraBody = { plugins: [{ id: "web" }] };
  const options = { extraBody, allowUnboundedCost: true };
  assertEquals((await client.generate(PROMPT, options)).length, 1);
});

Deno.test("maxCostUsd is not exceeded when answers are longer than max_tokens", async () => {
  await using mock = await MockOpenRouter.start();
  const prices = await (await fetch(`${mock.baseUrl}/models`)).json();
  const usd = 1e-6;
  const pricing = { prompt: "0", completion: String(usd) };
  for (const model of prices.data) model.pricing = pricing;
  let billedUsd = 0;
  await using server = await serve(
    async (request) => {
      if (request.url.endsWith("/models")) return Response.json(prices);
      if (request.method === "GET") return new Response("", { status: 404 });
      const { max_tokens } = await request.json();
      // Like grok-3-mini: 697 tokens for a limit of 100.
      const completion_tokens = max_tokens * 6.97;
      const cost = completion_tokens * usd;
      billedUsd += cost;
      return Response.json({
        choices: [{ message: { content: "Hi" }, finish_reason: "length" }],
        usage: { prompt_tokens: 10, completion_tokens, cost },
      });
    },
  );
  const baseUrl = `${server.url}/api/v1`;
  const maxCostUsd = 5_000 * usd;
  await using client = mockClient(mock, { baseUrl, maxCostUsd });
  const { responses, errors } = await client.generate(PROMPT, {
    nSamples: 20,
    maxTokens: 100,
  });
  assert(billedUsd <= maxCostUsd, `${billedUsd} of ${maxCostUsd}`);
  assert(responses.length >= 5 && errors.size > 0, `${responses.length}`);
});

Deno.test("maxCostUsd counts an impossible cost at the worst case", async () => {
  await using mock = await MockOpenRouter.start();
  const prices = await (await fetch(`${mock.baseUrl}/models`)).json();
  await using server = await serve(
    (request) => {
      if (request.url.endsWith("/models")) return Response.json(prices);
      if (request.method === "GET") return new Response("", { status: 404 });
      return Response.json({
        choices: [{ message: { content: "Hi" }, finish_reason: "stop" }],
        usage: { prompt_tokens: 1, completion_tokens: 1, cost: -1 },
      });
    },
  );
  const baseUrl = `${server.url}/api/v1`;
  await using client = mockClient(mock, { baseUrl, maxTokens: 1000 });
  const { length } = await client.generate(PROMPT, {
    nSamples: 20,
    maxCostUsd: 3.5 * worstUsd(1000),
  });
  assertEquals(length, 3);
});

Deno.test("maxCostUsd of a call can lower that of its client, but not raise it", async () => {
  await using mock = await MockOpenRouter.start();
  const maxCostUsd = 2 * worstUsd(1000);
  await using client = mockClient(mock, { maxTokens: 1000, maxCostUsd });
  const high = await client.generate(PROMPT, { nSamples: 50, maxCostUsd: 10 });
  assert(high.errors.size > 0);
  assert(mock.usage > 0 && mock.usage <= maxCostUsd, `${mock.usage}`);
  const before = mock.usage;
  const prompts = [{ prompt: `${PROMPT}!`, maxCostUsd: 10 }];
  for await (const { errors } of client.generateMany(prompts)) {
    assertEquals(errors.size, 1);
  }
  assertEquals(mock.usage, before);
});
