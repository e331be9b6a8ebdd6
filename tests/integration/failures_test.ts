import {
  assert,
  assertEquals,
  assertInstanceOf,
  assertRejects,
  assertStringIncludes,
} from "@std/assert";
import {
  ApiError,
  type GenerateOptions,
  type Message,
  RequestTimeoutError,
  ResponseError,
  RolloutsClient,
  RolloutsError,
} from "../../mod.ts";
import { MockOpenRouter } from "../../src/testing/mod.ts";
import { mockClient } from "../support/mock_client.ts";
import { serve } from "../support/serve.ts";
import { TempDir } from "../support/temp_dir.ts";

const PROMPT = "What is 5*10?";

Deno.test("RolloutsClient.generate() retries failures, and counts the attempts", async () => {
  await using mock = await MockOpenRouter.start({
    faults: ({ seed, attempt }) =>
      attempt <= (seed ?? 0)
        ? { type: "status", status: 503, retryAfter: 0 }
        : null,
  });
  await using client = mockClient(mock);
  const rollouts = await client.generate(PROMPT, { nSamples: 3 });
  assertEquals(rollouts.responses.map(({ attempts }) => attempts), [1, 2, 3]);
});

Deno.test("RolloutsClient.generate() returns samples in order and a typed error for each failed seed", async () => {
  await using mock = await MockOpenRouter.start({
    faults: ({ seed }) =>
      [3, 41, 99].includes(seed ?? -1) ? { type: "status", status: 400 } : null,
  });
  await using dir = new TempDir();
  await using client = mockClient(mock, { cacheDir: dir.path });
  const rollouts = await client.generate(PROMPT, { nSamples: 100 });
  assertEquals(rollouts.length, 97);
  assertEquals(rollouts.numResponses, 100);
  const seeds = rollouts.responses.map(({ seed }) => seed);
  assertEquals(seeds, [...seeds].sort((a, b) => a - b));
  assertEquals([...rollouts.errors.keys()], [3, 41, 99]);
  for (const error of rollouts.errors.values()) {
    assertInstanceOf(error, ApiError);
    assertEquals([error.status, error.retryable], [400, false]);
  }
});

Deno.test("RolloutsClient.generate() rejects for a refused key, after one request per slot", async () => {
  await using mock = await MockOpenRouter.start();
  await using client = mockClient(mock, {
    apiKey: "sk-or-v1-invalid",
    maxConcurrency: 2,
  });
  const error = await assertRejects(
    () => client.generate(PROMPT, { nSamples: 50 }),
    ApiError,
    "401",
  );
  assertEquals(error.status, 401);
  assertEquals(error.message.includes("sk-or-v1-invalid"), false);
  assert(mock.requests.length <= 2);
});

Deno.test("RolloutsClient.generate() ends an attempt at timeoutMs, even amid keep-alive white space", async () => {
  await using mock = await MockOpenRouter.start({
    keepAliveMs: 5,
    latencyMs: 60_000,
  });
  await using client = mockClient(mock, { timeoutMs: 50, maxRetries: 0 });
  const { errors } = await client.generate(PROMPT);
  assertInstanceOf(errors.get(0), RequestTimeoutError);
});

Deno.test("RolloutsClient.generate() does not accept a broken answer as a sample", async () => {
  const types = [
    "truncated_body",
    "html_body",
    "whitespace_only",
    "empty_choices",
    "error_in_200",
    "choice_error",
    "connection_reset",
  ] as const;
  await using mock = await MockOpenRouter.start({
    faults: ({ seed, attempt }) =>
      attempt === 1 ? { type: types[seed!]! } : null,
  });
  await using client = mockClient(mock);
  const { responses } = await client.generate(PROMPT, {
    nSamples: types.length,
  });
  assertEquals(
    responses.map(({ seed, attempts }) => [types[seed], attempts]),
    types.map((type) => [type, 2]),
  );
});

Deno.test("RolloutsClient.generate() reports broken answers as errors after the last retry", async () => {
  await using mock = await MockOpenRouter.start({
    faults: () => ({ type: "whitespace_only" }),
  });
  await using client = mockClient(mock, { maxRetries: 1 });
  const { errors } = await client.generate(PROMPT);
  assertInstanceOf(errors.get(0), ResponseError);
  assertEquals(mock.started, 2);
});

Deno.test("RolloutsClient.generate() loses no sample when onProgress throws", async () => {
  await using mock = await MockOpenRouter.start();
  await using client = mockClient(mock);
  const { length, errors } = await client.generate(PROMPT, {
    nSamples: 5,
    onProgress: () => {
      throw new RolloutsError("a listener's own fault");
    },
  });
  assertEquals([length, errors.size, mock.started], [5, 0, 5]);
});

Deno.test("RolloutsClient.generate() rejects workers of a call, and an invalid address", async () => {
  await using mock = await MockOpenRouter.start();
  await using client = mockClient(mock);
  const options = { workers: 2 } as GenerateOptions;
  await assertRejects(
    () => client.generate(PROMPT, options),
    TypeError,
    "workers",
  );
  for (
    const baseUrl of ["garbage", "localhost:80/api", "http://me:pw@a.example"]
  ) {
    await assertRejects(
      () => client.generate(PROMPT, { baseUrl }),
      TypeError,
      "baseUrl must be an http or https address",
    );
  }
});

Deno.test("RolloutsClient.generate() loses no sample when an asynchronous onProgress rejects", async () => {
  await using mock = await MockOpenRouter.start();
  await using client = mockClient(mock);
  const { length } = await client.generate(PROMPT, {
    nSamples: 5,
    onProgress: (() => Promise.reject(new Error("a listener's own"))) as () =>
      void,
  });
  assertEquals(length, 5);
});

Deno.test("RolloutsClient.generate() rejects invalid UTF-8, and follows no redirects", async () => {
  const answer = {
    choices: [{ finish_reason: "stop", message: { content: "caf@" } }],
  };
  const bytes = new TextEncoder().encode(JSON.stringify(answer));
  bytes[bytes.indexOf("@".charCodeAt(0))] = 0xe9;
  await using latin1 = await serve(() => new globalThis.Response(bytes));
  await using moved = await serve(() =>
    new globalThis.Response(null, { status: 307, headers: { location: "/x" } })
  );
  const ask = async (baseUrl: string) => {
    await using client = new RolloutsClient({
      model: "m",
      baseUrl,
      apiKey: "sk-test",
      useCache: false,
      maxRetries: 0,
    });
    return await client.generate(PROMPT);
  };
  const { errors } = await ask(latin1.url);
  assertStringIncludes(errors.get(0)!.message, "not UTF-8");
  const error = await assertRejects(() => ask(moved.url), ApiError);
  assertStringIncludes(error.message, "redirects to /x");
  assertEquals([error.status, error.retryable], [307, false]);
});

Deno.test("RolloutsClient.generate() rejects invalid options and prompts", async () => {
  await using mock = await MockOpenRouter.start();
  await using client = mockClient(mock);
  const options = null as unknown as GenerateOptions;
  await assertRejects(
    () => client.generate(PROMPT, options),
    TypeError,
    "options must be an object, such as { nSamples: 5 }, got null",
  );
  await assertRejects(
    () => client.generate(PROMPT, 5 as unknown as GenerateOptions),
    TypeError,
    "options must be an object, such as { nSamples: 5 }, got number",
  );
  await assertRejects(
    () => client.generate(PROMPT, { workers: 1 } as GenerateOptions),
    TypeError,
    "workers is an option of the client, not of a call",
  );
  await assertRejects(
    () => client.generate(""),
    TypeError,
    "prompt must not be empty",
  );
  const hole: Message[] = [];
  hole[1] = { role: "user", content: "Hi" };
  const odd = [{ role: "user", content: "Hi", toJSON: () => 5 } as Message];
  for (const prompt of [hole, odd]) {
    await assertRejects(
      () => client.generate(prompt),
      TypeError,
      "prompt[0] must be a message",
    );
  }
  assertEquals(mock.started, 0);
});

/** Starts a server that sends the same answer to every request. */
