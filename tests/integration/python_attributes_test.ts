import { assert, assertEquals } from "@std/assert";
import type { Response, Rollouts } from "../../mod.ts";
import { MockOpenRouter } from "../../src/testing/mod.ts";
import type { Parsed } from "../support/ask_mock.ts";
import { mockClient, MODEL } from "../support/mock_client.ts";
import { TempDir } from "../support/temp_dir.ts";

const PROMPT = "What is 5*10?";

const dir = new TempDir();
const sampled = await sampleTwice();

Deno.test.afterAll(() => dir[Symbol.asyncDispose]());

/** Three samples from the API, and the same samples from the cache. */
async function sampleTwice(): Promise<Rollouts[]> {
  await using mock = await MockOpenRouter.start();
  await using client = mockClient(mock, { cacheDir: dir.path });
  return [
    await client.generate(PROMPT, { nSamples: 3 }),
    await client.generate(PROMPT, { nSamples: 3 }),
  ];
}

Deno.test("the first samples are from the API, and the second from the cache", () => {
  assertEquals(
    sampled.map(([response]) => response?.cached),
    [false, true],
  );
});

/** Python's attribute, its value here, and the value in the API's answer. */
const RESPONSE: Readonly<
  Record<string, (response: Response, answer: Parsed) => [unknown, unknown]>
> = {
  full: (response, { choices: [{ message }] }) => [
    response.full,
    `${message.reasoning}</think>${message.content}`,
  ],
  content: (response, { choices: [{ message }] }) => [
    response.content,
    message.content,
  ],
  reasoning: (response, { choices: [{ message }] }) => [
    response.reasoning,
    message.reasoning,
  ],
  finish_reason: (response, { choices: [choice] }) => [
    response.finishReason,
    choice.finish_reason,
  ],
  provider: (response, { provider }) => [response.provider, provider],
  response_id: (response, { id }) => [response.responseId, id],
  model: (response, { model }) => [response.model, model],
  object: (response, { object }) => [response.object, object],
  created: (response, { created }) => [response.created, created],
  usage: ({ usage }, answer) => [
    [usage.promptTokens, usage.completionTokens, usage.totalTokens],
    [
      answer.usage.prompt_tokens,
      answer.usage.completion_tokens,
      answer.usage.total_tokens,
    ],
  ],
  logprobs: (response) => [response.logprobs, null],
  "to_dict()[echo]": (response) => [response.toJSON().echo, false],
  seed: (response) => [response.seed, 0],
  completed_reasoning: (response) => [response.completedReasoning, true],
  "to_dict()": (response) => [
    Object.keys(response.toJSON()).join(" "),
    "full content reasoning finish_reason provider response_id model object " +
    "created usage logprobs echo seed completed_reasoning",
  ],
};

for (const [attribute, values] of Object.entries(RESPONSE)) {
  Deno.test(`Python Response.${attribute}: the value of the API's answer, cached or not`, () => {
    for (const [response] of sampled) {
      const [here, answered] = values(response!, response!.raw);
      assert(answered !== undefined);
      assertEquals(here, answered);
    }
  });
}

/** Python's attribute or method, its value here, and the expected value. */
const ROLLOUTS: Readonly<
  Record<string, (rollouts: Rollouts) => [unknown, unknown]>
> = {
  prompt: ({ prompt }) => [prompt, PROMPT],
  num_responses: ({ numResponses }) => [numResponses, 3],
  temperature: ({ temperature }) => [temperature, 0.7],
  top_p: ({ topP }) => [topP, 0.95],
  max_tokens: ({ maxTokens }) => [maxTokens, 4096],
  model: ({ model }) => [model, MODEL],
  responses: ({ responses }) => [responses.map(({ seed }) => seed), [0, 1, 2]],
  cache_dir: ({ cacheDir }) => [cacheDir?.slice(0, dir.path.length), dir.path],
  "to_dict()[logprobs_enabled]": (rollouts) => [
    rollouts.toJSON().logprobs_enabled,
    false,
  ],
  "to_dict()[echo_enabled]": (rollouts) => [
    rollouts.toJSON().echo_enabled,
    false,
  ],
  "__len__()": ({ length }) => [length, 3],
  "__iter__()": (rollouts) => [[...rollouts], rollouts.responses],
  "__getitem__(index)": (rollouts) => [
    [rollouts.at(0)?.seed, rollouts.at(-1)?.seed, rollouts.at(3)],
    [0, 2, undefined],
  ],
  "__getitem__(slice)": ({ responses }) => [
    responses.slice(1, 3).map(({ seed }) => seed),
    [1, 2],
  ],
  "get_texts()": (rollouts) => [
    rollouts.getTexts(),
    rollouts.responses.map(({ full }) => full),
  ],
  "get_reasonings()": (rollouts) => [
    rollouts.getReasonings(),
    rollouts.responses.map(({ reasoning }) => reasoning),
  ],
  "get_contents()": (rollouts) => [
    rollouts.getContents(),
    rollouts.responses.map(({ content }) => content),
  ],
  "get_total_tokens()": (rollouts) => {
    const [a, b, c] = rollouts.responses.map(({ usage }) => usage.totalTokens);
    return [rollouts.getTotalTokens(), a! + b! + c!];
  },
  "get_finish_reasons()": (rollouts) => [
    rollouts.getFinishReasons(),
    { stop: 3 },
  ],
  "to_dict()": (rollouts) => [
    Object.keys(rollouts.toJSON()).join(" "),
    "prompt num_responses temperature top_p max_tokens model responses " +
    "cache_dir logprobs_enabled echo_enabled",
  ],
};

for (const [attribute, values] of Object.entries(ROLLOUTS)) {
  Deno.test(`Python Rollouts.${attribute}: here the same, cached or not`, () => {
    for (const rollouts of sampled) {
      const [here, expected] = values(rollouts);
      assertEquals(here, expected);
    }
  });
}
