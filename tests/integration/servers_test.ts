import {
  assert,
  assertEquals,
  assertRejects,
  assertStringIncludes,
} from "@std/assert";
import {
  type ClientOptions,
  RolloutsClient,
  RolloutsError,
} from "../../mod.ts";
import type { AnchorsReport } from "../../src/resampling/mod.ts";
import { MockOpenRouter } from "../../src/testing/mod.ts";
import { MODEL } from "../support/mock_client.ts";
import type { JsonObject } from "../../src/util/json_object.ts";
import { startLookAlike } from "../support/look_alike.ts";
import { LOOK_ALIKES } from "../support/look_alikes.ts";
import { overrideEnv } from "../support/program_env.ts";
import { runCli } from "../support/run_cli.ts";
import { serve } from "../support/serve.ts";
import { TempDir } from "../support/temp_dir.ts";

const THOUGHT = "Let me multiply: 5*1";
const PROMPT = `What is 5*10?\n<think>\n${THOUGHT}`;

const SENT: Readonly<Record<keyof typeof LOOK_ALIKES, JsonObject>> = {
  vllm: {
    last: { role: "assistant", content: `<think>\n${THOUGHT}` },
    continue_final_message: true,
    add_generation_prompt: false,
    seed: 0,
  },
  sglang: {
    last: { role: "assistant", content: `<think>\n${THOUGHT}` },
    continue_final_message: true,
    seed: 0,
  },
  llamacpp: {
    last: { role: "assistant", content: "", reasoning_content: THOUGHT },
    seed: 0,
  },
  deepseek: {
    last: {
      ...{ role: "assistant", content: "", reasoning_content: THOUGHT },
      prefix: true,
    },
  },
  mistral: {
    last: { role: "assistant", content: `<think>\n${THOUGHT}`, prefix: true },
    random_seed: 0,
  },
  moonshot: {
    last: {
      ...{ role: "assistant", content: "", reasoning_content: THOUGHT },
      partial: true,
    },
  },
};

function clientOf(
  baseUrl: string,
  options: Partial<ClientOptions> = {},
): RolloutsClient {
  return new RolloutsClient({
    model: "tiny",
    baseUrl,
    useCache: options.cacheDir !== undefined,
    maxRetries: 0,
    ...options,
  });
}

for (const [name, lookAlike] of Object.entries(LOOK_ALIKES)) {
  const server = name as keyof typeof LOOK_ALIKES;

  Deno.test(`generate() has ${server} continue a prefill, without a key`, async () => {
    await using mock = await startLookAlike(lookAlike);
    await using client = clientOf(mock.baseUrl, { server });
    const { responses: [response], errors } = await client.generate(PROMPT);
    assertEquals([...errors.values()], []);
    const isRepeated = server === "mistral";
    assertEquals(response?.prefill, isRepeated ? "echoed" : "continued");
    assertEquals(
      [response?.content, response?.reasoning],
      ["50", "0 = 50."],
    );
    const [{ messages, model: _, ...body } = {}] = mock.bodies;
    const { temperature: _t, top_p: _p, max_tokens: _m, ...fields } = body;
    const last = (messages as JsonObject[]).at(-1);
    assertEquals({ last, ...fields }, SENT[server]);
  });
}

Deno.test("generate() removes the echo of a short prefill from an answer of mistral", async () => {
  await using mock = await startLookAlike(LOOK_ALIKES.mistral);
  await using client = clientOf(mock.baseUrl, { server: "mistral" });
  const { responses: [response] } = await client.generate(
    "What is 5*10?\n<think>\n5*1",
    { requireContinuation: true },
  );
  assertEquals(
    [response?.reasoning, response?.content, response?.prefill],
    ["0 = 50.", "50", "echoed"],
  );
});

for (const server of ["vllm", "sglang", "llamacpp"] as const) {
  Deno.test(`generate() detects ${server} once, and only before it sends a prefill`, async () => {
    await using dir = new TempDir();
    await using mock = await startLookAlike(LOOK_ALIKES[server]);
    await using client = clientOf(mock.baseUrl, { cacheDir: dir.path });
    const plain = await client.generate("What is 5*10?", { nSamples: 2 });
    assertEquals(plain.length, 2);
    const chats = (path: string) => path === "/v1/chat/completions";
    assertEquals(mock.paths.every(chats), true);
    const options = { nSamples: 2 };
    const first = await client.generate(PROMPT, options);
    assertEquals(first.responses.map(({ prefill }) => prefill), [
      "continued",
      "continued",
    ]);
    const asked = mock.paths.length;
    await client.generate(PROMPT, { nSamples: 4 });
    assertEquals(mock.paths.slice(asked).every(chats), true);
    // A cached call needs no server, and the kind of server is not part of the cache key.
    const before = mock.paths.length;
    await using other = clientOf(mock.baseUrl, {
      cacheDir: dir.path,
      server: "openai-compatible",
    });
    const again = await other.generate(PROMPT, options);
    assertEquals(again.responses.every(({ cached }) => cached), true);
    assertEquals(mock.paths.length, before);
  });
}

Deno.test("generate() rejects an option that the server does not support, and sends nothing", async () => {
  await using mock = await startLookAlike(LOOK_ALIKES.mistral);
  await using client = clientOf(mock.baseUrl, { server: "mistral" });
  await assertRejects(
    () => client.generate("Hi", { topK: 5 }),
    RolloutsError,
    "mistral does not support top_k",
  );
  assertEquals(mock.bodies, []);
});

Deno.test("a server without prices: a budget is refused, and a plan counts samples only", async () => {
  await using mock = await startLookAlike(LOOK_ALIKES.vllm);
  await using client = clientOf(mock.baseUrl);
  await assertRejects(
    () => client.generate("Hi", { maxCostUsd: 1 }),
    RolloutsError,
    "lists no prices",
  );
  assertEquals(mock.bodies, []);
  const plan = await client.plan("Hi", { nSamples: 3 });
  assertEquals([plan.missing, plan.maxCostUsd], [3, null]);
});

Deno.test("the environment's key is not sent to another server, which may need none", async () => {
  await using mock = await startLookAlike(LOOK_ALIKES.vllm);
  using _ = overrideEnv({ OPENROUTER_API_KEY: "sk-env" });
  await using client = clientOf(mock.baseUrl);
  const { length } = await client.generate("Hi");
  assertEquals([length, mock.bodies.length], [1, 1]);
});

Deno.test("rollouts generate and run need nothing but --base-url for a server without keys and prices", async () => {
  await using mock = await startLookAlike(LOOK_ALIKES.vllm);
  await using dir = new TempDir();
  const common = ["-m", "tiny", "--base-url", mock.baseUrl];
  const cache = ["--cache-dir", dir.path];
  const one = await runCli(["generate", PROMPT, ...common, ...cache], {});
  assertEquals([one.code, one.stderr], [0, ""]);
  assertStringIncludes(one.stdout, "0 = 50.\n</think>\n50\n");
  await Deno.writeTextFile(`${dir.path}/set.jsonl`, '{"prompt":"Hi"}\n');
  const set = ["run", `${dir.path}/set.jsonl`, "-n", "2", ...common, ...cache];
  const plan = await runCli([...set, "--plan"], {});
  assertEquals(plan.code, 0, plan.stderr);
  assert(plan.stdout.includes("missing             2"), plan.stdout);
  const run = await runCli([...set, "-o", `${dir.path}/out.jsonl`], {});
  assertEquals(run.code, 0, run.stderr);
});

Deno.test("rollouts anchors, view and cache export work with a server without keys and prices", async () => {
  await using mock = await startLookAlike(LOOK_ALIKES.vllm);
  await using dir = new TempDir();
  const cache = ["--cache-dir", `${dir.path}/cache`];
  const html = `${dir.path}/anchors.html`;
  const anchors = await runCli([
    ...["anchors", "What is 5*10?", "-m", "tiny", "--base-url", mock.baseUrl],
    ...["-n", "3", "--answer", "number", "--truth", "50", "-o", html, ...cache],
  ]);
  assertEquals(anchors.code, 0, anchors.stderr);
  const report: AnchorsReport = JSON.parse(
    await Deno.readTextFile(`${dir.path}/anchors.json`),
  );
  assertEquals([report.answer, report.sentences.length], ["7", 1]);
  assertEquals(report.cuts.map(({ answers }) => answers), [
    { 50: 3 },
    { 50: 3 },
  ]);
  assertEquals(mock.keys.filter((key) => key !== null), []);
  const table = await runCli([
    ...["cache", "export", "-o", "-", "--format", "jsonl", ...cache],
  ]);
  assertEquals([table.code, table.stderr], [0, ""]);
  const rows = table.stdout.trim().split("\n").map((row) => JSON.parse(row));
  assertEquals(rows.map(({ content }) => content).sort(), [
    ...["50", "50", "50", "50", "50", "50", "7"],
  ]);
  const page = `${dir.path}/samples.html`;
  const view = await runCli(["view", `${dir.path}/cache`, "--export", page]);
  assertEquals(view.code, 0, view.stderr);
  assertStringIncludes(await Deno.readTextFile(page), "What is 5*10?");
});

Deno.test("probePrefill() probes a server that lists no endpoints, and verifyPrefill uses the report", async () => {
  await using dir = new TempDir();
  for (const server of ["vllm", "llamacpp"] as const) {
    await using mock = await startLookAlike(LOOK_ALIKES[server]);
    await using client = clientOf(mock.baseUrl, { cacheDir: dir.path });
    const { endpoints } = await client.probePrefill();
    const { host } = new URL(mock.baseUrl);
    assertEquals(endpoints.map(({ tag }) => tag), [host]);
    assertEquals(endpoints.map(({ reasoningOutcome }) => reasoningOutcome), [
      "continued",
    ]);
    const { length, errors } = await client.generate(PROMPT, {
      verifyPrefill: true,
    });
    assertEquals([length, [...errors.values()]], [1, []]);
  }
});

Deno.test("generate() detects OpenRouter by its prices, and sends a prefill as it is", async () => {
  await using mock = await MockOpenRouter.start();
  await using client = clientOf(mock.baseUrl, {
    model: MODEL,
    apiKey: "sk-test",
  });
  await client.generate(PROMPT);
  assertEquals(mock.requests.map(({ path }) => path), [
    "/api/v1/models",
    "/api/v1/chat/completions",
  ]);
  const { messages } = mock.requests[1]!.body as JsonObject;
  assertEquals((messages as JsonObject[]).at(-1), {
    role: "assistant",
    content: `<think>\n${THOUGHT}`,
  });
});

Deno.test("generate() requests the log-probabilities of a raw prompt by their number", async () => {
  const bodies: JsonObject[] = [];
  const logprobs = {
    tokens: ["0.", "\n", "</think>", "50"],
    token_logprobs: [-0.1, -0.2, -0.3, -0.4],
    top_logprobs: [{ "0.": -0.1, "1.": -3 }, {}, {}, {}],
  };
  await using server = await serve(async (request) => {
    bodies.push(await request.json());
    const text = logprobs.tokens.join("");
    return Response.json({
      choices: [{ text, logprobs, finish_reason: "stop" }],
    });
  });
  for (
    const [options, sent] of [
      [{ logprobs: true, topLogprobs: 2 }, 2],
      [{ logprobs: true }, 1],
      [{ logprobs: false }, undefined],
    ] as const
  ) {
    await using client = clientOf(`${server.url}/v1`, {
      model: "Qwen/Qwen3-8B",
      prefillVia: "completions",
      verifyPrefill: false,
      ...options,
    });
    const { responses: [response] } = await client.generate(PROMPT);
    const body = bodies.shift()!;
    assertEquals([body.logprobs, body.top_logprobs], [sent, undefined]);
    const { reasoning, content } = response!.logprobs!;
    assertEquals(reasoning?.map(({ logprob }) => logprob), [-0.1, -0.2, -0.3]);
    assertEquals(content?.map(({ offset }) => offset), [0]);
    assertEquals(reasoning?.[0]?.top.map(({ text }) => text), ["0.", "1."]);
  }
});
