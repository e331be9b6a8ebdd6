import {
  assertEquals,
  assertInstanceOf,
  assertNotEquals,
  assertRejects,
  assertStringIncludes,
  assertThrows,
} from "@std/assert";
import {
  type GenerateOptions,
  OpenRouter,
  RequestTimeoutError,
} from "../../mod.ts";
import { MockOpenRouter } from "../../src/testing/mod.ts";
import type { Parsed } from "../support/ask_mock.ts";
import { mockClient, MODEL } from "../support/mock_client.ts";

const PROMPT = "What is 5*10?";

/**
 * Python's argument, an option that sets it, and the value that is then sent under the argument's
 * name.
 */
const SENT: readonly (readonly [string, GenerateOptions, unknown])[] = [
  ["model", { model: "qwen/qwq-32b" }, "qwen/qwq-32b"],
  ["temperature", { temperature: 1.5 }, 1.5],
  ["top_p", { topP: 0.99 }, 0.99],
  ["max_tokens", { maxTokens: 2000 }, 2000],
  ["top_k", { topK: 20 }, 20],
  ["presence_penalty", { presencePenalty: -2 }, -2],
  ["frequency_penalty", { frequencyPenalty: 0.5 }, 0.5],
  ["provider", { provider: { order: ["nebius"] } }, { order: ["nebius"] }],
  ["reasoning", { reasoning: { effort: "low" } }, { effort: "low" }],
  ["include_reasoning", { includeReasoning: true }, true],
  ["min_p", { minP: 0.05 }, 0.05],
  ["top_a", { topA: 0.8 }, 0.8],
  ["repetition_penalty", { repetitionPenalty: 1.1 }, 1.1],
  ["logit_bias", { logitBias: { "50256": -100 } }, { "50256": -100 }],
  ["stop", { stop: ["END"] }, ["END"]],
  [
    "response_format",
    { responseFormat: { type: "json_object" } },
    { type: "json_object" },
  ],
  ["verbosity", { extraBody: { verbosity: "low" } }, "low"],
];

for (const [argument, option, value] of SENT) {
  Deno.test(`Python RolloutsClient(${argument}) and generate(${argument}): sent from a client and a call`, async () => {
    await using mock = await MockOpenRouter.start();
    await using plain = mockClient(mock);
    await using client = mockClient(mock, option);
    await plain.generate(PROMPT);
    await plain.generate(PROMPT, option);
    await client.generate(PROMPT);
    const [without, ofCall, ofClient] = mock.requests
      .map(({ body }) => body as Parsed);
    assertEquals([ofCall[argument], ofClient[argument]], [value, value]);
    assertNotEquals(without[argument], value);
    const others = { ...ofCall, [argument]: without[argument] };
    assertEquals(given(others), given(without));
  });
}

Deno.test("Python RolloutsClient(): the defaults are those of the Python package", async () => {
  await using mock = await MockOpenRouter.start();
  await using client = mockClient(mock);
  await client.generate(PROMPT);
  assertEquals(mock.requests[0]?.body, {
    model: MODEL,
    messages: [{ role: "user", content: PROMPT }],
    temperature: 0.7,
    top_p: 0.95,
    max_tokens: 4096,
    seed: 0,
  });
});

/** Arguments that the Python package rejects with a ValueError. */
const REFUSED: readonly GenerateOptions[] = [
  { temperature: -0.1 },
  { temperature: 2.1 },
  { topP: 0 },
  { topP: 1.1 },
  { maxTokens: 0 },
  { frequencyPenalty: 2.1 },
  { presencePenalty: -2.1 },
  { repetitionPenalty: 0 },
  { topK: 0 },
  { minP: 1.1 },
  { topA: -0.1 },
];

Deno.test("Python RolloutsClient(): what it rejects is rejected here, for a client and a call", async () => {
  await using mock = await MockOpenRouter.start();
  await using client = mockClient(mock);
  for (const option of REFUSED) {
    const [name] = Object.keys(option);
    assertThrows(() => mockClient(mock, option), RangeError, name);
    await assertRejects(
      () => client.generate(PROMPT, option),
      RangeError,
      name,
    );
  }
  const none = { model: undefined };
  assertThrows(() => mockClient(mock, none), TypeError, "model is required");
  assertEquals(mock.requests, []);
});

Deno.test("Python RolloutsClient(max_retries): here the attempts after the first are counted", async () => {
  await using mock = await MockOpenRouter.start({
    faults: { type: "status", status: 500, retryAfter: 0 },
  });
  for (const [maxRetries, requests] of [[0, 1], [1, 2]] as const) {
    mock.reset();
    await using client = mockClient(mock, { maxRetries });
    const { errors } = await client.generate(PROMPT);
    assertStringIncludes(errors.get(0)!.message, "500");
    assertEquals(mock.started, requests);
  }
});

Deno.test("Python RolloutsClient(timeout): here timeoutMs, in milliseconds", async () => {
  await using mock = await MockOpenRouter.start({ latencyMs: 60_000 });
  await using client = mockClient(mock, { timeoutMs: 30, maxRetries: 0 });
  const { errors } = await client.generate(PROMPT);
  assertInstanceOf(errors.get(0), RequestTimeoutError);
});

Deno.test("Python RolloutsClient(top_logprobs): here passed on, not rejected", async () => {
  await using mock = await MockOpenRouter.start();
  await using client = mockClient(mock, { logprobs: true, topLogprobs: 2 });
  const rollouts = await client.generate(PROMPT);
  const { logprobs, top_logprobs } = mock.requests[0]?.body as Parsed;
  assertEquals([logprobs, top_logprobs], [true, 2]);
  const { logprobs: read } = rollouts.at(0)!;
  assertEquals((read?.reasoning ?? read?.content)?.[0]?.top.length, 2);
});

Deno.test("Python generate(): an unknown argument is rejected, not sent", async () => {
  await using mock = await MockOpenRouter.start();
  await using client = mockClient(mock);
  await assertRejects(
    () => client.generate(PROMPT, { temprature: 1 } as GenerateOptions),
    TypeError,
    'did you mean "temperature"?',
  );
  assertEquals(mock.requests, []);
});

Deno.test("Python generate(n_samples): 1 by default", async () => {
  await using mock = await MockOpenRouter.start();
  await using client = mockClient(mock);
  assertEquals((await client.generate(PROMPT)).length, 1);
  assertEquals((await client.generate(PROMPT, { nSamples: 4 })).length, 4);
});

Deno.test("Python generate(seed): here with n_samples too", async () => {
  await using mock = await MockOpenRouter.start();
  await using client = mockClient(mock);
  const one = await client.generate(PROMPT, { seed: 42 });
  assertEquals(one.at(0)?.seed, 42);
  const many = await client.generate(PROMPT, { seed: 42, nSamples: 3 });
  assertEquals(many.responses.map(({ seed }) => seed), [42, 43, 44]);
  assertEquals(mock.requests.map(({ seed }) => seed).sort(), [42, 42, 43, 44]);
});

Deno.test("Python generate(prompt): messages are sent unchanged", async () => {
  await using mock = await MockOpenRouter.start();
  await using client = mockClient(mock);
  const messages = [
    { role: "user", content: "Pick a number from 1 to 100?" },
    { role: "assistant", content: "I pick the number 42." },
    { role: "user", content: "Say again, what number did you pick?" },
  ] as const;
  const rollouts = await client.generate(messages);
  assertEquals((mock.requests[0]?.body as Parsed).messages, messages);
  assertEquals(rollouts.prompt, messages);
});

Deno.test("Python generate(): a failed seed is in errors, and the others are in seed order", async () => {
  await using mock = await MockOpenRouter.start({
    faults: ({ seed }) => seed === 1 ? { type: "status", status: 404 } : null,
    latencyMs: ({ seed }) => seed === 0 ? 40 : 0,
  });
  await using client = mockClient(mock);
  const rollouts = await client.generate(PROMPT, { nSamples: 4 });
  assertEquals(rollouts.responses.map(({ seed }) => seed), [0, 2, 3]);
  assertEquals([...rollouts.errors.keys()], [1]);
  // The Python package retries 100 times, although no attempt can succeed.
  assertEquals(mock.seeds.get(1)?.started, 1);
});

Deno.test("Python OpenRouter.generate_single(prompt, config, seed, api_key): one request, one response", async () => {
  await using mock = await MockOpenRouter.start({
    apiKeys: ["sk-one", "sk-two"],
  });
  const openRouter = new OpenRouter({
    apiKey: "sk-one",
    baseUrl: mock.baseUrl,
  });
  const config = { model: MODEL, temperature: 0.5 };
  const response = await openRouter.generateSingle(PROMPT, config, { seed: 9 });
  await openRouter.generateSingle(PROMPT, { ...config, apiKey: "sk-two" });
  assertEquals([response.seed, response.finishReason], [9, "stop"]);
  assertEquals(mock.requests.map(({ seed }) => seed), [9, 0]);
});

Deno.test("OpenRouter rejects Python's positional arguments, and shows what to write", async () => {
  const refused: [unknown, string][] = [
    ["sk-secret", 'options must be an object, such as { apiKey: "sk-or-…" }'],
    [
      { api_key: "sk-secret" },
      'unknown option "api_key"; did you mean "apiKey"?',
    ],
  ];
  for (const [options, message] of refused) {
    const error = assertThrows(
      () => new OpenRouter(options as { apiKey: string }),
      TypeError,
      message,
    );
    assertEquals(error.message.includes("secret"), false);
  }
  const openRouter = new OpenRouter({ apiKey: "sk-one" });
  await assertRejects(
    () =>
      openRouter.generateSingle(
        PROMPT,
        { model: MODEL },
        42 as unknown as object,
      ),
    TypeError,
    "options must be an object, such as { seed: 42 }, got number",
  );
  await assertRejects(
    () =>
      openRouter.generateSingle(
        PROMPT,
        { model: MODEL },
        { seeed: 42 } as object,
      ),
    TypeError,
    'unknown option "seeed"; did you mean "seed"?',
  );
});

/** Returns the fields that have a value. */
function given(body: Parsed): Record<string, unknown> {
  const fields = Object.entries(body).filter(([, value]) =>
    value !== undefined
  );
  return Object.fromEntries(fields);
}
