import {
  assert,
  assertEquals,
  assertGreater,
  assertMatch,
  assertNotEquals,
  assertRejects,
  assertStringIncludes,
} from "@std/assert";
import { MockOpenRouter } from "../../src/testing/mod.ts";
import {
  askMock,
  askMockJson,
  getFromMock,
  sendToMock,
} from "../support/ask_mock.ts";
import { until } from "../support/until.ts";

type Json = Record<string, unknown>;

Deno.test("MockOpenRouter responds to a chat like the API", async () => {
  await using server = await MockOpenRouter.start();
  const response = await askMock(server, { seed: 3 });
  const text = await response.text();
  assertMatch(text, /^\s+\{/);
  const body = JSON.parse(text);
  assertMatch(body.id, /^gen-\d+-\w+$/);
  assertEquals(response.headers.get("X-Generation-Id"), body.id);
  assertEquals(response.headers.get("Content-Type"), "application/json");
  assertEquals(body.object, "chat.completion");
  assertEquals(body.model, "qwen/qwen3-30b-a3b-04-28");
  assertEquals(body.provider, "DeepInfra");
  assert(Math.abs(body.created - Date.now() / 1000) < 60);
  const [{ message, ...choice }] = body.choices;
  assertEquals([choice.finish_reason, choice.native_finish_reason], [
    "stop",
    "stop",
  ]);
  assertStringIncludes(message.content, "50");
  assertEquals(message.reasoning_details[0].text, message.reasoning);
  const { usage } = body;
  assertEquals(
    usage.total_tokens,
    usage.prompt_tokens + usage.completion_tokens,
  );
  assertEquals(
    usage.cost,
    Math.round(
      (usage.prompt_tokens * 8e-8 + usage.completion_tokens * 28e-8) * 1e10,
    ) / 1e10,
  );
});

Deno.test("MockOpenRouter gives each response a unique id", async () => {
  await using server = await MockOpenRouter.start();
  const bodies = await Promise.all(
    Array.from({ length: 20 }, () => askMockJson(server)),
  );
  assertEquals(new Set(bodies.map((body) => body.id)).size, 20);
  assertEquals(new Set(bodies.map(contentOf)).size, 1);
});

Deno.test("MockOpenRouter returns log probabilities on request", async () => {
  await using server = await MockOpenRouter.start();
  const body = await askMockJson(server, { logprobs: true, top_logprobs: 2 });
  const [choice] = body.choices;
  const tokens: { token: string; top_logprobs: unknown[] }[] =
    choice.logprobs.content;
  assertEquals(
    tokens.map(({ token }) => token).join(""),
    choice.message.content,
  );
  assertEquals(tokens[0]?.top_logprobs.length, 2);
});

Deno.test("MockOpenRouter continues a raw prompt", async () => {
  await using server = await MockOpenRouter.start();
  const response = await sendToMock(
    server,
    "/completions",
    JSON.stringify({
      model: "openai/gpt-oss-20b",
      prompt:
        "<|start|>user<|message|>What is 5*10?<|end|><|start|>assistant<|channel|>analysis<|message|>5*1",
    }),
  );
  const body = await response.json();
  assertEquals(body.object, "text_completion");
  assertMatch(body.choices[0].text, /^0 = 50\./);
});

Deno.test("MockOpenRouter chooses the requested model and provider", async () => {
  await using server = await MockOpenRouter.start();
  const provider = async (provider: Json) =>
    (await askMockJson(server, { provider })).provider;
  assertEquals(await provider({ only: ["nebius"] }), "Nebius");
  assertEquals(await provider({ only: ["novita/fp8"] }), "Novita");
  assertEquals(await provider({ order: ["none", "Novita"] }), "Novita");
  assertEquals(await provider({ ignore: ["deepinfra"] }), "Nebius");
  const none = await askMockJson(server, { provider: { only: ["groq"] } });
  assertEquals(none.error.code, 404);
  const second = await askMockJson(server, {
    model: "no/model",
    models: ["openai/gpt-4o"],
  });
  assertEquals(second.model, "openai/gpt-4o");
});

Deno.test("MockOpenRouter responds with the API's errors", async () => {
  await using server = await MockOpenRouter.start();
  const cases: [number, Promise<Response>][] = [
    [401, askMock(server, {}, { headers: { Authorization: "" } })],
    [
      401,
      askMock(server, {}, {
        headers: { Authorization: "Bearer sk-or-v1-invalid" },
      }),
    ],
    [400, askMock(server, { temperature: 3 })],
    [400, askMock(server, { messages: undefined })],
    [404, askMock(server, { model: "no/model" })],
    [400, sendToMock(server, "/chat/completions", "{")],
    [
      400,
      askMock(server, {}, { headers: { "X-Mock-Fault": "no_such_fault" } }),
    ],
    [
      400,
      askMock(server, {}, {
        headers: { "X-Mock-Prefill": "no_such_behavior" },
      }),
    ],
    [404, getFromMock(server, "/nothing")],
    [405, getFromMock(server, "/chat/completions")],
    [405, sendToMock(server, "/models", "{}")],
    [404, getFromMock(server, "/models/no/model/endpoints")],
    [404, getFromMock(server, "/generation?id=gen-0")],
    [400, getFromMock(server, "/generation")],
  ];
  for (const [status, pending] of cases) {
    const response = await pending;
    assertEquals(response.status, status);
    assertMatch(response.headers.get("X-Generation-Id") ?? "", /^gen-/);
    const { error } = await response.json();
    assertEquals(error.code, status);
    assertEquals(typeof error.message, "string");
  }
});

Deno.test("MockOpenRouter accepts only the keys in apiKeys", async () => {
  await using server = await MockOpenRouter.start({ apiKeys: ["good"] });
  const status = async (key: string) => {
    const response = await askMock(server, {}, {
      headers: { Authorization: `Bearer ${key}` },
    });
    await response.body?.cancel();
    return response.status;
  };
  assertEquals([await status("good"), await status("bad")], [200, 401]);
});

Deno.test("MockOpenRouter serves its catalog, its key and its generations", async () => {
  await using server = await MockOpenRouter.start();
  const { id, usage } = await askMockJson(server);
  const data = async (path: string) =>
    (await (await getFromMock(server, path)).json()).data;
  const models: Json[] = await data("/models");
  assert(models.some((model) => model.id === "deepseek/deepseek-r1:free"));
  const { endpoints } = await data("/models/qwen/qwen3-32b/endpoints");
  assertEquals(endpoints[1].tag, "cerebras/fp16");
  const free = await data("/models/deepseek/deepseek-r1%3Afree/endpoints");
  assertEquals(free.id, "deepseek/deepseek-r1:free");
  const providers: Json[] = await data("/providers");
  assert(providers.some(({ slug }) => slug === "google-ai-studio"));
  assertEquals((await data("/key")).usage, usage.cost);
  const generation = await data(`/generation?id=${id}`);
  assertEquals(generation.total_cost, usage.cost);
  assertEquals(generation.provider_name, "DeepInfra");
  assertEquals(server.usage, usage.cost);
});

Deno.test("MockOpenRouter logs requests without the API key", async () => {
  await using server = await MockOpenRouter.start();
  await askMockJson(server, { seed: 5 }, { headers: { "X-Title": "test" } });
  await (await getFromMock(server, "/models?x=1")).body?.cancel();
  const [first, second] = server.requests;
  assertEquals(first?.method, "POST");
  assertEquals(first?.path, "/api/v1/chat/completions");
  assertEquals(first?.headers["x-title"], "test");
  assertEquals("authorization" in (first?.headers ?? {}), false);
  assertEquals((first?.body as Json).seed, 5);
  assertEquals([first?.seed, first?.attempt], [5, 1]);
  assertEquals([first?.status, first?.outcome], [200, "answered"]);
  assertEquals(second?.path, "/api/v1/models?x=1");
  assertEquals(server.started, 1);
});

Deno.test("MockOpenRouter counts exactly, even if its log is short", async () => {
  await using server = await MockOpenRouter.start({ logLimit: 3 });
  await Promise.all(
    Array.from(
      { length: 20 },
      (_, index) => askMockJson(server, { seed: index }),
    ),
  );
  await askMockJson(server, { seed: 7 });
  assertEquals(server.requests.length, 3);
  assertEquals(server.requests.at(-1)?.seed, 7);
  assertEquals([server.started, server.answered], [21, 21]);
  assertEquals(server.seeds.get(7), { started: 2, answered: 2 });
  server.reset();
  assertEquals(server.requests.length, 0);
  assertEquals([server.started, server.answered, server.usage], [0, 0, 0]);
});

Deno.test("MockOpenRouter counts completions in progress", async () => {
  await using server = await MockOpenRouter.start({ latencyMs: 60_000 });
  const client = new AbortController();
  const { signal } = client;
  const requests = Array.from(
    { length: 8 },
    (_, seed) => assertRejects(() => askMockJson(server, { seed }, { signal })),
  );
  await until(() => server.inFlight === 8);
  client.abort();
  await Promise.all(requests);
  await until(() => server.inFlight === 0);
  assertEquals([server.started, server.maxInFlight], [8, 8]);
});

Deno.test("MockOpenRouter sends white space until the response is ready", async () => {
  await using server = await MockOpenRouter.start({
    latencyMs: 12,
    keepAliveMs: 2,
  });
  const response = await askMock(server);
  assertEquals(server.answered, 0);
  const text = await response.text();
  assertGreater(text.length - text.trimStart().length, 30);
  assertEquals(JSON.parse(text).object, "chat.completion");
  assertEquals(server.answered, 1);
});

Deno.test("MockOpenRouter sends no white space when keepAliveMs is null", async () => {
  await using server = await MockOpenRouter.start({ keepAliveMs: null });
  assertMatch(await (await askMock(server)).text(), /^\{/);
});

Deno.test("close() ends requests in progress", async () => {
  const server = await MockOpenRouter.start({
    latencyMs: 60_000,
    keepAliveMs: 5,
  });
  const waiting = [
    askMock(server),
    askMock(server, {}, { headers: { "X-Mock-Fault": "stall_before" } }),
    askMock(server, { stream: true }),
  ].map((pending) => pending.then((response) => response.text()));
  const ends = Promise.allSettled(waiting);
  await until(() => server.inFlight === 3);
  await server.close();
  await server.close();
  await ends;
  assertEquals(server.answered, 0);
});

Deno.test("MockOpenRouter treats a prefill as the header specifies", async () => {
  await using server = await MockOpenRouter.start({ prefill: "ignore" });
  const messages = [{ role: "user", content: "What is 5*10?" }, {
    role: "assistant",
    content: "<think>\n5*1",
  }];
  const message = async (headers: Record<string, string>) =>
    (await askMockJson(server, { messages }, { headers })).choices[0].message;
  assertMatch((await message({})).reasoning, /^\n/);
  assertMatch(
    (await message({ "X-Mock-Prefill": "reasoning" })).reasoning,
    /^0 = 50/,
  );
  assertEquals(
    (await message({ "X-Mock-Prefill": "content" })).reasoning,
    null,
  );
});

Deno.test("start() listens on a different port each time", async () => {
  await using one = await MockOpenRouter.start();
  await using two = await MockOpenRouter.start();
  assertNotEquals(one.baseUrl, two.baseUrl);
  assertEquals(one.baseUrl, `${one.url}/api/v1`);
});

Deno.test("start() rejects when a number is out of range", async () => {
  for (
    const options of [{ latencyMs: -1 }, { keepAliveMs: 0 }, { logLimit: -1 }]
  ) {
    await assertRejects(() => MockOpenRouter.start(options), RangeError);
  }
});

function contentOf(body: { choices: { message: { content: string } }[] }) {
  return body.choices[0]?.message.content;
}
