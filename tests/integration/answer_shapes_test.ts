import {
  assert,
  assertEquals,
  assertRejects,
  assertStringIncludes,
} from "@std/assert";
import {
  ApiError,
  OpenRouter,
  type Response,
  ResponseError,
  type Tool,
} from "@rollouts/client";
import {
  ANSWER_SHAPES,
  type AnswerShape,
  MockOpenRouter,
} from "@rollouts/client/testing";
import { mockClient } from "../support/mock_client.ts";
import { recordedLogger } from "../support/recorded_logger.ts";
import { runCli } from "../support/run_cli.ts";
import { TempDir } from "../support/temp_dir.ts";

const PROMPT = "What is 5*10?";
const MODEL = "qwen/qwq-32b";

type Check = (response: Response, plain: Response) => void;

const sameTexts: Check = ({ reasoning, content }, plain) =>
  assertEquals([reasoning, content], [plain.reasoning, plain.content]);

const contentOnly: Check = ({ reasoning, content }, plain) =>
  assertEquals([reasoning, content], [null, plain.content]);

/** The expected difference of a sample of each shape from the usual answer to the same request. */
const CHECKS: Readonly<
  Record<Exclude<AnswerShape, keyof typeof FAILURES>, Check>
> = {
  reasoning_details: sameTexts,
  reasoning_content: sameTexts,
  thinking_part: sameTexts,
  reasoning_part: sameTexts,
  think_tags: sameTexts,
  lone_close_tag: sameTexts,
  empty_reasoning: (response, plain) => {
    assertEquals([response.reasoning, response.content], ["", plain.content]);
    assertEquals(response.truncated, true);
  },
  hidden_reasoning: ({ reasoning, content, completedReasoning, truncated }) =>
    assertEquals([reasoning, content, completedReasoning, truncated], [
      null,
      "",
      false,
      true,
    ]),
  unknown_part: contentOnly,
  refusal: ({ content, refusal }) =>
    assertEquals([content, refusal], ["", "I cannot help with that."]),
  refusal_part: ({ content, refusal }) =>
    assertEquals([content, refusal], ["", "I cannot help with that."]),
  content_filter: ({ content, refusal, usage, finishReason }) =>
    assertEquals([content, refusal, usage.completionTokens, finishReason], [
      "",
      "content_filter (PROHIBITED_CONTENT)",
      null,
      "content_filter",
    ]),
  image: ({ images }) => assertEquals(images[0]?.type, "image_url"),
  citation: ({ annotations }) =>
    assertEquals(annotations[0]?.type, "url_citation"),
  cut_tool_call: (response) => {
    assertEquals(response.toolCalls[0]?.function.arguments, '{"a":');
    const { finishReason, nativeFinishReason, truncated } = response;
    assertEquals([finishReason, nativeFinishReason, truncated], [
      "tool_calls",
      "max_output_tokens",
      true,
    ]);
  },
  null_finish: ({ finishReason, truncated }) =>
    assertEquals([finishReason, truncated], [null, true]),
  no_usage: ({ usage }) =>
    assertEquals(Object.values(usage).every((count) => count === null), true),
  input_tokens: ({ usage }) =>
    assertEquals(
      [usage.promptTokens, usage.completionTokens, usage.totalTokens],
      [7, 9, 16],
    ),
  own_key: ({ usage }) => {
    assertEquals([usage.cost, usage.isByok], [0, true]);
    assert(usage.upstreamCost! > 0);
  },
  float_created: ({ created }) => assertEquals(created, 1_700_000_000.25),
  compressed_prompt: sameTexts,
  choices_by_index: sameTexts,
  stream: (response, plain) => {
    sameTexts(response, plain);
    assertEquals(response.usage, plain.usage);
  },
  stream_error: ({ reasoning, content, finishReason, truncated }, plain) =>
    assertEquals([reasoning, content, finishReason, truncated], [
      plain.reasoning,
      "",
      "length",
      true,
    ]),
  nan_logprobs: ({ logprobs }) =>
    assertEquals(
      logprobs?.content?.map(({ text, logprob }) => [text, logprob]),
      [["NaN", null]],
    ),
  comments: sameTexts,
};

/** The error of each shape that is not an answer. */
const FAILURES = {
  nothing: [ResponseError, "empty"],
  login_page: [ResponseError, "<title>Sign in</title>"],
  no_content: [ResponseError, "empty"],
  list: [ResponseError, "not a JSON object"],
  nested_error: [ApiError, "No capacity"],
  text_code_error: [ApiError, "Invalid request"],
} as const;

Deno.test("these tests cover every answer shape of the mock", () => {
  assertEquals(
    [...Object.keys(CHECKS), ...Object.keys(FAILURES)].sort(),
    [...ANSWER_SHAPES].sort(),
  );
});

for (const [shape, check] of Object.entries(CHECKS)) {
  Deno.test(`an answer of the shape ${shape} is read from the API, the cache, and OpenRouter`, async () => {
    await using mock = await MockOpenRouter.start();
    await using dir = new TempDir();
    const openRouter = new OpenRouter({
      apiKey: "sk-test",
      baseUrl: mock.baseUrl,
    });
    const plain = await openRouter.generateSingle(PROMPT, { model: MODEL });
    const headers = { "X-Mock-Answer": shape };
    await using client = mockClient(mock, {
      cacheDir: dir.path,
      model: MODEL,
      headers,
      logLevel: "off",
    });
    for (const cached of [false, true]) {
      const response = (await client.generate(PROMPT)).at(0)!;
      assertEquals(response.cached, cached);
      check(response, plain);
    }
    // By the name of the model; `mock/…` is not a model whose template opens the reasoning.
    if (shape === "lone_close_tag") return;
    const own = await openRouter.generateSingle(PROMPT, {
      model: `mock/${shape}`,
    });
    const other = await openRouter.generateSingle(PROMPT, {
      model: "qwen/qwen3-30b-a3b",
    });
    check(own, other);
  });
}

for (const [shape, [type, message]] of Object.entries(FAILURES)) {
  Deno.test(`an answer of the shape ${shape} is an error and is not cached`, async () => {
    await using mock = await MockOpenRouter.start();
    await using dir = new TempDir();
    await using client = mockClient(mock, {
      cacheDir: dir.path,
      model: `mock/${shape}`,
      maxRetries: 0,
    });
    const { errors } = await client.generate(PROMPT);
    const error = errors.get(0)!;
    assert(error instanceof type, String(error));
    assertStringIncludes(error.message, message);
    const openRouter = new OpenRouter({
      apiKey: "sk-test",
      baseUrl: mock.baseUrl,
    });
    await assertRejects(
      () => openRouter.generateSingle(PROMPT, { model: `mock/${shape}` }),
      type,
    );
  });
}

Deno.test("generate() stops retrying a login page after 3 retries, and logs unknown parts once", async () => {
  await using mock = await MockOpenRouter.start();
  const messages: string[] = [];
  await using client = mockClient(mock, {
    model: "mock/login_page",
    logger: recordedLogger(messages),
    useCache: false,
  });
  const { errors } = await client.generate(PROMPT);
  assertStringIncludes(errors.get(0)!.message, mock.baseUrl);
  assertEquals(mock.started, 4);
  messages.length = 0;
  const parts = { model: "mock/unknown_part", nSamples: 3 };
  await client.generate(PROMPT, parts);
  const compressed = { model: "mock/compressed_prompt", nSamples: 3 };
  await client.generate(PROMPT, compressed);
  assertEquals(messages.filter((text) => text.includes("hologram")).length, 1);
  assertEquals(
    messages.filter((text) => text.includes("compressed the prompt")).length,
    1,
  );
});

Deno.test("rollouts.getUsage() reports how many samples its sums cover", async () => {
  await using mock = await MockOpenRouter.start();
  await using client = mockClient(mock, { useCache: false });
  const known = await client.generate(PROMPT, { nSamples: 2 });
  assertEquals(known.getUsage().cost.samples, 2);
  assertEquals(known.getUsage().cost.sum, known.getTotalCost());
  const unknown = await client.generate(PROMPT, { model: "mock/no_usage" });
  assertEquals(unknown.getUsage().totalTokens, { sum: 0, samples: 0 });
  assertEquals(unknown.getTotalTokens(), 0);
});

Deno.test("unknown counts are left out of cache files, and exports show what is known", async () => {
  await using mock = await MockOpenRouter.start();
  await using dir = new TempDir();
  await using client = mockClient(mock, { cacheDir: dir.path });
  const { cacheDir } = await client.generate(PROMPT, {
    model: "mock/no_usage",
  });
  await client.generate(PROMPT, { model: "mock/refusal" });
  await client.generate(PROMPT, { model: "mock/float_created" });
  const [file] = [...Deno.readDirSync(cacheDir!)];
  const entry = JSON.parse(
    await Deno.readTextFile(`${cacheDir}/${file!.name}`),
  );
  assertEquals(entry.response.usage, {});
  const exported = await runCli([
    "cache",
    "export",
    ...["--cache-dir", dir.path, "-o", "-"],
  ]);
  assertEquals(exported.code, 0, exported.stderr);
  const rows = exported.stdout.trim().split("\n").map((line) =>
    JSON.parse(line)
  );
  const byModel = Object.fromEntries(rows.map((row) => [row.model, row]));
  assertEquals(byModel["mock/no_usage"].completion_tokens, null);
  assertEquals(byModel["mock/no_usage"].cost, null);
  assertEquals(byModel["mock/refusal"].refusal, "I cannot help with that.");
  assertEquals(byModel["mock/refusal"].truncated, false);
  const parquet = await runCli([
    "cache",
    "export",
    ...["--cache-dir", dir.path, "-o", `${dir.path}/out.parquet`],
  ]);
  assertEquals(parquet.code, 0, parquet.stderr);
  const stats = await runCli(["cache", "stats", "--cache-dir", dir.path]);
  assertStringIncludes(stats.stdout, "(0/1)");
});

Deno.test("rollouts cache show prints refusals, truncation, and how OpenRouter routed a request", async () => {
  await using mock = await MockOpenRouter.start();
  await using dir = new TempDir();
  await using client = mockClient(mock, { cacheDir: dir.path });
  for (
    const [shape, text] of [
      ["refusal", "refused: I cannot help with that."],
      ["cut_tool_call", "tool_calls, truncated"],
      ["no_usage", "? tokens in, ? out, unknown cost"],
      ["compressed_prompt", "2 upstream attempts, region iad"],
    ]
  ) {
    const model = `mock/${shape}`;
    const { cacheDir } = await client.generate(PROMPT, { model });
    const key = cacheDir!.split(/[\\/]/).at(-1)!;
    const shown = await runCli([
      ...["cache", "show", key, "--cache-dir", dir.path, "-m", model],
    ]);
    assertStringIncludes(shown.stdout, text!, shown.stderr);
  }
});

Deno.test("server tools and fields without an option are sent", async () => {
  await using mock = await MockOpenRouter.start();
  await using client = mockClient(mock, { useCache: false });
  const tools: Tool[] = [
    { type: "openrouter:web_search", parameters: { max_results: 3 } },
    { type: "function", function: { name: "add" } },
  ];
  const extraBody = {
    reasoning_effort: "low",
    preset: "@preset/short",
    service_tier: "flex",
    models: ["qwen/qwq-32b"],
  };
  await client.generate(PROMPT, { tools, extraBody });
  const body = mock.requests.at(-1)!.body as Record<string, unknown>;
  assertEquals(body.tools, tools);
  for (const [name, value] of Object.entries(extraBody)) {
    assertEquals(body[name], value);
  }
});
