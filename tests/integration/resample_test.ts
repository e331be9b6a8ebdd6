import { assert, assertEquals, assertRejects } from "@std/assert";
import type { Progress, Response } from "../../mod.ts";
import { splitSentences } from "../../src/resampling/split_sentences.ts";
import {
  MockOpenRouter,
  PLANTED_QUESTION,
  plantedAnswerShares,
} from "../../src/testing/mod.ts";
import type { Parsed } from "../support/ask_mock.ts";
import { mockClient, MODEL } from "../support/mock_client.ts";
import { TempDir } from "../support/temp_dir.ts";

const PLANTED = "mock/planted-anchors";

function assistant(mock: MockOpenRouter): string {
  const { messages } = mock.requests.at(-1)!.body as Parsed;
  return (messages as Parsed[]).at(-1)?.content as string;
}

Deno.test("RolloutsClient.resample() continues before or after a sentence, with the sample's options", async () => {
  await using mock = await MockOpenRouter.start();
  await using client = mockClient(mock, { model: PLANTED });
  const { responses } = await client.generate(PLANTED_QUESTION, {
    temperature: 1,
    maxTokens: 900,
  });
  const response = responses[0]!;
  const sentences = splitSentences(response.reasoning!);
  assertEquals(sentences.length, 20);
  for (
    const [at, after, kept] of [[3, false, 3], [3, true, 4], [
      0,
      false,
      0,
    ]] as const
  ) {
    const rollouts = await client.resample(response, {
      at,
      after,
      nSamples: 2,
    });
    const given = `<think>\n${sentences.slice(0, kept).join("")}`;
    assertEquals(assistant(mock), given);
    assert(!given.endsWith(" "));
    for (const { prefill, reasoning } of rollouts) {
      assertEquals(prefill, "continued");
      const whole = given.slice("<think>\n".length) + reasoning;
      assertEquals(splitSentences(whole).length, 20);
    }
    const { temperature, max_tokens } = mock.requests.at(-1)!.body as Parsed;
    assertEquals([temperature, max_tokens], [1, 900]);
  }
  const other = await client.resample(response, { at: 1, temperature: 0.2 });
  assertEquals(other.temperature, 0.2);
});

Deno.test("RolloutsClient.resample() keeps reasoning that the prompt prefills, for gpt-oss too", async () => {
  await using mock = await MockOpenRouter.start();
  const provider = { only: ["deepinfra"] };
  await using client = mockClient(mock, { provider });
  const prompt = "What is 5*10?\n<think>\n5*1";
  const ask = async (model: string) => {
    const { responses } = await client.generate(prompt, { model });
    const [first] = splitSentences(responses[0]!.reasoning!);
    await client.resample(responses[0]!, { at: 0, after: true });
    return `5*1${first}`;
  };
  const chat = await ask(MODEL);
  assertEquals(assistant(mock), `<think>\n${chat}`);
  const raw = await ask("openai/gpt-oss-20b");
  const { prompt: sent } = mock.requests.at(-1)!.body as Parsed;
  assert(`${sent}`.endsWith(`<|channel|>analysis<|message|>${raw}`), `${sent}`);
});

Deno.test("RolloutsClient.resample() explains what cannot be resampled", async () => {
  await using mock = await MockOpenRouter.start();
  await using client = mockClient(mock);
  const { responses: [plain] } = await client.generate("Hi", {
    model: "openai/gpt-4o",
  });
  await assertRejects(
    () => client.resample(plain!, { at: 0 }),
    TypeError,
    "the sample of seed 0 shows no reasoning to cut",
  );
  const { responses: [sample] } = await client.generate("Hi");
  for (const at of [-1, 1.5, 1_000]) {
    await assertRejects(
      () => client.resample(sample!, { at }),
      RangeError,
      "at must be a sentence from 0 to",
    );
  }
  const stray = { ...sample, request: null } as unknown as Response;
  await assertRejects(
    () => client.resample(stray, { at: 0 }),
    TypeError,
    "set the option prompt",
  );
  const known = await client.resample(stray, { at: 0, prompt: "Hi" });
  assertEquals(known.length, 1);
});

Deno.test("RolloutsClient.resampleAll() returns cuts in order, and requests no prefix twice", async () => {
  await using mock = await MockOpenRouter.start();
  await using dir = new TempDir();
  await using client = mockClient(mock, {
    model: PLANTED,
    cacheDir: dir.path,
  });
  const { responses: [response] } = await client.generate(PLANTED_QUESTION);
  const options = { nSamples: 60, every: 4 };
  const plan = await client.planResampling(response!, options);
  assertEquals([plan.cached, plan.missing], [0, 6 * 60]);
  assert(plan.maxCostUsd! > 0);
  const ats = [];
  for await (
    const { at, kept, rollouts } of client.resampleAll(response!, options)
  ) {
    ats.push(at);
    for (const [answer, share] of plantedAnswerShares(kept)) {
      const given = rollouts.responses.filter(({ content }) =>
        content.includes(`\\boxed{${answer}}`)
      );
      const sd = Math.sqrt(share * (1 - share) / 60);
      assert(Math.abs(given.length / 60 - share) < 4 * sd + 0.02, `${at}`);
    }
  }
  assertEquals(ats, [0, 4, 8, 12, 16, 20]);
  assertEquals(mock.started, 1 + 6 * 60);
  const again = await client.planResampling(response!, options);
  assertEquals([again.cached, again.missing], [6 * 60, 0]);
  // The cut before sentence 8 is the cut after sentence 7.
  await client.resample(response!, { at: 7, after: true, nSamples: 60 });
  assertEquals(mock.started, 1 + 6 * 60);
  await assertRejects(
    async () =>
      await Array.fromAsync(client.resampleAll(response!, { every: 0 })),
    RangeError,
    "every must be an integer of 1 or more",
  );
});

Deno.test("RolloutsClient.resampleAll() reports the progress of all cuts and cached samples", async () => {
  await using mock = await MockOpenRouter.start();
  await using dir = new TempDir();
  await using client = mockClient(mock, {
    model: PLANTED,
    cacheDir: dir.path,
  });
  const { responses: [response] } = await client.generate(PLANTED_QUESTION);
  await client.resample(response!, { at: 10, nSamples: 2 });
  const told: Progress[] = [];
  const cuts = client.resampleAll(response!, {
    nSamples: 5,
    every: 10,
    onProgress: (progress) => {
      told.push(progress);
    },
  });
  assertEquals((await Array.fromAsync(cuts)).length, 3);
  const done = told.map(({ done }) => done);
  assertEquals(done, done.toSorted((a, b) => a - b));
  assert(told.every(({ total }) => total === 15));
  const { cached, failed, costUsd } = told.at(-1)!;
  assertEquals([done.at(-1), cached, failed], [15, 2, 0]);
  assert(costUsd > 0 && told.every((progress) => progress.costUsd <= costUsd));
});
