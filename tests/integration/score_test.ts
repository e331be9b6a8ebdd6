import {
  assert,
  assertAlmostEquals,
  assertEquals,
  assertRejects,
  assertStringIncludes,
} from "@std/assert";
import {
  CacheMissError,
  ResponseError,
  RolloutsClient,
  RolloutsError,
  type Score,
  type ScoreOptions,
} from "../../mod.ts";
import { splitSentences } from "../../src/resampling/mod.ts";
import { MockOpenRouter } from "../../src/testing/mod.ts";
import { mockClient } from "../support/mock_client.ts";
import {
  exactLogprobs,
  type ScoreServer,
  startScoreServer,
  tinySums,
} from "../support/score_look_alikes.ts";
import { cliEnv, runCli } from "../support/run_cli.ts";
import { serve } from "../support/serve.ts";
import { TempDir } from "../support/temp_dir.ts";

const MODEL = "rollouts/tiny-sums";
const QUESTION = "What is 5*10?";
const RAW = `<|im_start|>user
${QUESTION}<|im_end|>
<|im_start|>assistant
<think>
5*1`;
const TEXT = "0 = 50. √2";

function assertScores(score: Score, prompt: string, text: string): void {
  const exact = exactLogprobs(prompt, text);
  assertEquals(score.text, text);
  assertEquals(score.tokens.map(({ text }) => text).join(""), text);
  assertEquals(score.tokens.length, exact.length);
  for (
    const [index, { logprob, text: part, offset }] of score.tokens.entries()
  ) {
    assertAlmostEquals(logprob, exact[index]!, 1e-9);
    assertEquals(text.slice(offset, offset + part.length), part);
  }
  const sum = exact.reduce((total, logprob) => total + logprob, 0);
  assertAlmostEquals(score.sum, sum, 1e-9);
  assertAlmostEquals(score.mean, sum / exact.length, 1e-9);
  assertAlmostEquals(score.perplexity, Math.exp(-sum / exact.length), 1e-6);
}

/** The requests of each server: the path, and some fields. */
const RAW_REQUESTS: Readonly<
  Record<ScoreServer, readonly [path: string, fields: object, count: number]>
> = {
  vllm: ["/v1/completions", { echo: true, logprobs: 2, prompt: RAW + TEXT }, 1],
  together: [
    "/v1/completions",
    { echo: true, logprobs: 2, prompt: RAW + TEXT },
    1,
  ],
  sglang: ["/generate", { text: RAW + TEXT, top_logprobs_num: 2 }, 1],
  llamacpp: ["/completion", { n_probs: 2, n_predict: 1 }, 12],
};

for (const name of Object.keys(RAW_REQUESTS) as ScoreServer[]) {
  Deno.test(`score() returns the log-probabilities of a raw text from ${name}, and caches them`, async () => {
    await using server = await startScoreServer(name);
    await using dir = new TempDir();
    await using client = new RolloutsClient({
      model: MODEL,
      baseUrl: server.baseUrl,
      cacheDir: dir.path,
    });
    const options = { raw: true, topLogprobs: 2 };
    const score = await client.score(RAW, TEXT, options);
    assertScores(score, RAW, TEXT);
    const [first] = score.tokens;
    assertEquals(first?.top.map(({ text }) => text)[0], "0");
    assert(score.tokens.every(({ top }) => top.length === 2));
    const [path, fields, count] = RAW_REQUESTS[name];
    const sent = server.bodies.filter(([at]) => at === path);
    assertEquals(sent.length, count);
    const { bodies: { length } } = server;
    for (const [key, value] of Object.entries(fields)) {
      assertEquals(sent.at(-1)![1][key], value);
    }
    // Also without detection of the server.
    await using other = new RolloutsClient({
      model: MODEL,
      baseUrl: server.baseUrl,
      cacheDir: dir.path,
      cacheOnly: true,
    });
    assertEquals(await other.score(RAW, TEXT, options), score);
    assertEquals(server.bodies.length, length);
    await assertRejects(
      () => other.score(RAW, TEXT, { raw: true }),
      CacheMissError,
      "the score is not in",
    );
    // A character of three tokens, at the start of the text.
    assertScores(await client.score(RAW, "√2", { raw: true }), RAW, "√2");
  });
}

for (const name of ["vllm", "llamacpp"] as const) {
  Deno.test(`score() lets ${name} render the messages`, async () => {
    await using server = await startScoreServer(name);
    await using client = new RolloutsClient({
      model: MODEL,
      baseUrl: server.baseUrl,
      useCache: false,
    });
    const begun = await client.score(`${QUESTION}\n<think>\n5*1`, TEXT);
    assertScores(begun, RAW, TEXT);
    const [, body] = server.bodies[0]!;
    if (name === "vllm") {
      assertEquals(body.messages.at(-1).content, `<think>\n5*1${TEXT}`);
      assertEquals(
        [body.continue_final_message, body.add_generation_prompt],
        [true, false],
      );
      // The alternatives of `prompt_logprobs` have no order.
      const options = { topLogprobs: 3 };
      const { tokens } = await client.score(
        `${QUESTION}\n<think>\n5*1`,
        "0 =",
        options,
      );
      const [first] = tokens[0]!.top;
      assertEquals([tokens[0]!.top.length, first!.text], [3, "0"]);
    }
  });
}

Deno.test("score() equals the log-probabilities with which a thought was sampled, by sentence", async () => {
  await using mock = await MockOpenRouter.start();
  await using sampler = mockClient(mock, { model: MODEL, logprobs: true });
  const { responses: [response] } = await sampler.generate(QUESTION);
  await using server = await startScoreServer("vllm");
  await using client = new RolloutsClient({
    model: MODEL,
    baseUrl: server.baseUrl,
    useCache: false,
  });
  const scores = await client.score(response!);
  assertEquals(
    scores.map(({ text }) => text),
    splitSentences(response!.reasoning!),
  );
  assert(scores.length > 1);
  const sampled = response!.logprobs!.reasoning!
    .filter(({ offset }) => offset !== null);
  const scored = scores.flatMap(({ tokens }) => tokens);
  assertEquals(scored.length, sampled.length);
  for (const [index, { logprob, text }] of scored.entries()) {
    assertEquals(text, sampled[index]!.text);
    assertAlmostEquals(logprob, sampled[index]!.logprob!, 1e-9);
  }
  for (const { text, tokens } of scores) {
    for (const { offset, text: part } of tokens) {
      assertEquals(text.slice(offset, offset + part.length), part);
    }
  }
});

Deno.test("score() of all tokens after a prompt sums to 1, and a text is as likely as its parts", async () => {
  await using mock = await MockOpenRouter.start();
  await using client = echoClient(mock);
  const score = (prompt: string, text: string) =>
    client.score(prompt, text, { raw: true });
  const bytes = Array.from(
    { length: 128 },
    (_, byte) => String.fromCharCode(byte),
  );
  const special = ["<|im_start|>", "<|im_end|>", "<think>", "</think>"];
  let total = 0;
  for (const text of [...bytes, ...special]) {
    const { tokens, sum } = await score("5*", text);
    assertEquals(tokens.length, 1);
    total += Math.exp(sum);
  }
  // The other tokens are bytes of characters, which are not a text of their own.
  const prompt = [53, 42];
  for (let byte = 128; byte < 256; byte++) {
    const token = tinySums.score([...prompt, byte], 0).at(-1)!;
    total += Math.exp(token!.logprob);
  }
  assertAlmostEquals(total, 1, 1e-9);
  const whole = await score("5*", "10 = 50");
  const begin = await score("5*", "10 ");
  const end = await score("5*10 ", "= 50");
  assertAlmostEquals(whole.sum, begin.sum + end.sum, 1e-9);
  assertAlmostEquals(
    Math.exp(whole.sum),
    exactLogprobs("5*", "10 = 50").reduce(
      (product, logprob) => product * Math.exp(logprob),
      1,
    ),
    1e-12,
  );
});

/** Returns a client for the mock server, as a server that repeats a prompt. */
function echoClient(mock: MockOpenRouter): RolloutsClient {
  return mockClient(mock, {
    model: MODEL,
    server: "openai-compatible",
    useCache: false,
  });
}

Deno.test("score() rejects a token that spans the end of the prompt", async () => {
  for (const name of ["sglang", "llamacpp"] as const) {
    await using server = await startScoreServer(name);
    await using client = new RolloutsClient({
      model: MODEL,
      baseUrl: server.baseUrl,
      useCache: false,
    });
    await assertRejects(
      () => client.score("a<thi", "nk>b", { raw: true }),
      RolloutsError,
      'the token "<think>" spans the end of the prompt ("<thi") and the start of the text ("nk>")',
    );
    // No token is scored for nothing.
    assertEquals(server.bodies.length, 1);
  }
});

Deno.test("score() renders the prompt with the chat template of the model", async () => {
  await using sglang = await startScoreServer("sglang");
  await using vllm = await startScoreServer("vllm");
  const options: ScoreOptions = { useCache: false };
  await using client = new RolloutsClient({
    model: "Qwen/Qwen3-8B",
    baseUrl: sglang.baseUrl,
  });
  const prompt = `${QUESTION}\n<think>\n5*1`;
  assertScores(await client.score(prompt, TEXT, options), RAW, TEXT);
  assertEquals(sglang.bodies[0]![1].text, RAW + TEXT);
  await using other = new RolloutsClient({
    model: "Qwen/Qwen3-8B",
    baseUrl: vllm.baseUrl,
    prefillVia: "completions",
  });
  assertScores(await other.score(prompt, TEXT, options), RAW, TEXT);
  const [path, body] = vllm.bodies[0]!;
  assertEquals(
    [path, body.prompt, body.add_special_tokens],
    ["/v1/completions", RAW + TEXT, false],
  );
  // A chat does not continue the thought of gpt-oss.
  await client.score(prompt, TEXT, {
    ...options,
    model: "openai/gpt-oss-20b",
    baseUrl: vllm.baseUrl,
  });
  const { prompt: harmony } = vllm.bodies[1]![1];
  assertEquals(
    harmony.slice(harmony.indexOf("<|start|>assistant")),
    `<|start|>assistant<|channel|>analysis<|message|>5*1${TEXT}`,
  );
  await assertRejects(
    () => client.score(prompt, TEXT, { ...options, model: MODEL }),
    RolloutsError,
    `the chat template of ${MODEL} is unknown: render the prompt yourself, and set raw: true`,
  );
});

Deno.test("score() explains which servers cannot score a text", async () => {
  const cases = [
    ["openrouter", "OpenRouter ignores echo and prompt_logprobs"],
    ["deepseek", "DeepSeek reports only sampled tokens"],
    ["mistral", "Mistral reports no log-probabilities"],
    ["moonshot", "Moonshot reports only sampled tokens"],
  ] as const;
  for (const [server, reason] of cases) {
    await using client = new RolloutsClient({
      model: MODEL,
      baseUrl: "http://127.0.0.1:9/v1",
      server,
      useCache: false,
    });
    await assertRejects(
      () => client.score(QUESTION, TEXT),
      RolloutsError,
      `http://127.0.0.1:9/v1 cannot score a text: ${reason}`,
    );
  }
  await using mock = await MockOpenRouter.start();
  await using client = mockClient(mock, { model: MODEL });
  await assertRejects(
    () => client.score(QUESTION, TEXT),
    RolloutsError,
    "echo",
  );
  assertEquals(mock.started, 0);
});

Deno.test("score() rejects what it cannot score", async () => {
  await using mock = await MockOpenRouter.start();
  await using client = echoClient(mock);
  const raw = { raw: true };
  for (const text of ["", "\ud800"]) {
    await assertRejects(
      () => client.score("a", text, raw),
      TypeError,
      "text must",
    );
  }
  await assertRejects(
    () => client.score([{ role: "user", content: "a" }], "b", raw),
    TypeError,
    "prompt must be a string with raw: true",
  );
  await assertRejects(
    () => client.score("a", "b", { ...raw, topLogprobs: 21 }),
    RangeError,
  );
  const { responses: [response] } = await client.generate(QUESTION);
  await assertRejects(() => client.score(response!, raw), TypeError, "raw");
  const plain = await client.generate(`${QUESTION}\n<think>5</think>`);
  await assertRejects(
    () => client.score(plain.at(0)!),
    TypeError,
    "the sample of seed 0 shows no reasoning",
  );
  await using rich = mockClient(mock, {
    model: MODEL,
    server: "openai-compatible",
    maxCostUsd: 1,
    useCache: false,
  });
  await assertRejects(
    () => rich.score("a", "b", raw),
    RolloutsError,
    "maxCostUsd cannot be enforced",
  );
});

Deno.test("score() retries, and sends requests with the client's fetch and headers", async () => {
  await using server = await startScoreServer("sglang");
  const sent: (string | null)[] = [];
  await using client = new RolloutsClient({
    model: MODEL,
    baseUrl: server.baseUrl,
    server: "sglang",
    headers: { "X-Proxy": "secret" },
    useCache: false,
    fetch: (url, init) => {
      sent.push(new Headers(init?.headers).get("X-Proxy"));
      const busy = { status: 503, headers: { "Retry-After": "0" } };
      return sent.length === 1
        ? Promise.resolve(new Response("busy", busy))
        : fetch(url, init);
    },
  });
  assertScores(await client.score("5*", "10", { raw: true }), "5*", "10");
  assertEquals(sent, ["secret", "secret"]);
  await assertRejects(
    () =>
      client.score("5*", "10", { raw: true, baseUrl: "http://127.0.0.1:9/v1" }),
    RolloutsError,
    "the option headers belongs to",
  );
  const signal = AbortSignal.abort(new RolloutsError("enough"));
  await assertRejects(
    () => client.score("5*", "10", { raw: true, signal }),
    RolloutsError,
    "enough",
  );
});

Deno.test("score() rejects answers without the tokens of the prompt", async () => {
  const answers = [
    { choices: [{ text: "b", logprobs: null }] },
    // A server that ignores `echo`.
    {
      choices: [{
        text: "b",
        logprobs: { tokens: ["b"], token_logprobs: [-1] },
      }],
    },
    [],
  ];
  await using server = await serve(() => Response.json(answers.shift()));
  await using client = new RolloutsClient({
    model: MODEL,
    baseUrl: `${server.url}/v1`,
    server: "openai-compatible",
    useCache: false,
  });
  while (answers.length > 0) {
    await assertRejects(
      () => client.score("a", "b", { raw: true }),
      ResponseError,
      "unexpected response from",
    );
  }
});

Deno.test("rollouts score prints the tokens of a text and its score", async () => {
  await using mock = await MockOpenRouter.start();
  await using dir = new TempDir();
  const promptFile = `${dir.path}/prompt.txt`;
  await Deno.writeTextFile(promptFile, `${RAW}\n`);
  const score = (...args: string[]) =>
    runCli([
      ...["score", "--raw", "-m", MODEL, "--server", "openai-compatible"],
      ...["--no-use-cache", ...args],
    ], cliEnv(mock));
  const table = await score("5*", "10", "--top-logprobs", "1");
  assertEquals(
    [table.code, table.stdout],
    [
      0,
      `TOKEN  LOGPROB  PROBABILITY  LIKELIEST
"1"    -4.7527       0.0086  " " 0.8747
"0"    -8.2711       0.0003  " " 0.9865

2 tokens: sum -13.0238, mean -6.5119, perplexity 673.1044
`,
    ],
  );
  const json = await score("--prompt-file", promptFile, TEXT, "--json");
  assertScores(JSON.parse(json.stdout), RAW, TEXT);
  for (
    const [args, message] of [
      [["5*"], "score takes a prompt and a text"],
      [["--prompt-file", promptFile, "a", "b"], "score takes a prompt and a"],
      [["--prompt-file=-", "--text-file=-"], "stdin can be read once"],
    ] as const
  ) {
    const { code, stderr } = await score(...args);
    assertEquals(code, 2);
    assertStringIncludes(stderr, message);
  }
  const refused = await runCli(
    ["score", QUESTION, "50", "-m", MODEL, "--no-use-cache"],
    cliEnv(mock),
  );
  assertEquals(refused.code, 1);
  assertStringIncludes(refused.stderr, "cannot score a text: OpenRouter");
  assertStringIncludes(refused.stderr, "set --server");
});
