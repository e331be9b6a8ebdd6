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

const PROMPT = "What is 5*10?";

/** What one answer costs at its worst, give or take the prompt: `maxTokens` tokens. */
function worstUsd(maxTokens: number): number {
  const { completionPrice } = MOCK_MODELS.find(({ id }) => id === MODEL)!;
  return maxTokens * Number(completionPrice);
}

Deno.test("maxCostUsd of a call stops before it is passed, returns what is there, and a higher limit goes on", async () => {
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
  // Far more than the two that fit at their worst, since answers are shorter.
  assert(responses.length > 4, `${responses.length}`);
  assertEquals(responses.length + errors.size, 100);
  for (const error of errors.values()) assertInstanceOf(error, BudgetError);
  assertEquals(mock.started, responses.length);

  const all = await client.generate(PROMPT, { nSamples: 100, maxCostUsd: 1 });
  assertEquals([all.length, all.errors.size], [100, 0]);
  assertEquals(mock.started, 100);
});

Deno.test("maxCostUsd of a client holds for all its calls, that of generateMany for all its prompts", async () => {
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

Deno.test("maxCostUsd counts attempts that fail with an error of the API as free, and those that break off as dear", async () => {
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

Deno.test("maxCostUsd rejects before anything is paid when the model has no price", async () => {
  const models = MOCK_MODELS.filter(({ id }) => id !== MODEL);
  await using mock = await MockOpenRouter.start({ models });
  await using client = mockClient(mock);
  await assertRejects(
    () => client.generate(PROMPT, { maxCostUsd: 1 }),
    RolloutsError,
    `none for ${MODEL}`,
  );
  assertEquals(mock.started, 0);
});
