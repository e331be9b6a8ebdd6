import { assert, assertEquals, assertRejects } from "@std/assert";
import {
  AuthenticationError,
  Catalog,
  OpenRouter,
  RolloutsClient,
  RolloutsError,
} from "../../mod.ts";
import { MockOpenRouter } from "../../src/testing/mod.ts";
import { mockClient, MODEL } from "../support/mock_client.ts";
import {
  jsonLines,
  runDataSet,
  writeDataSet,
} from "../support/data_set_run.ts";
import { overrideEnv } from "../support/program_env.ts";
import { cliEnv, runCli } from "../support/run_cli.ts";
import { TempDir } from "../support/temp_dir.ts";

const NOT_SENT = "is not sent to";

/** What the mock answers to a request without a key. */
const NO_KEY = "No auth credentials found";

Deno.test("rollouts run rejects a row that sets an address, a file, a key, or a limit", async () => {
  await using mock = await MockOpenRouter.start();
  await using evil = await MockOpenRouter.start();
  await using dir = new TempDir();
  const rows: readonly Record<string, unknown>[] = [
    { baseUrl: evil.baseUrl },
    { base_url: evil.baseUrl },
    { apiKey: "sk-other" },
    { api_key: "sk-other" },
    { sendKeyTo: new URL(evil.baseUrl).host },
    { send_key: true },
    { trust_config: true },
    { headers: { "X-Title": "x" } },
    { queue: "redis://evil" },
    { metricsHost: "0.0.0.0" },
    { cacheDir: "/tmp/other" },
    { maxCostUsd: 1000 },
    { max_cost_usd: 1000 },
    { requestsPerMinute: 6000 },
    { max_concurrency: 512 },
    { maxElapsedMs: 1 },
    { timeout_ms: 1 },
    { onProgress: "x" },
    { signal: "x" },
    { verbose: true },
  ];
  for (const row of rows) {
    const [field, value] = Object.entries(row)[0]!;
    const file = await writeDataSet(
      dir,
      "set.jsonl",
      jsonLines([{ prompt: "hi" }, { prompt: "hi", ...row }]),
    );
    const { code, stderr } = await runDataSet(mock, dir, [file]);
    assertEquals(code, 2, stderr);
    assert(
      stderr.startsWith(`rollouts: ${file}:2: its field ${field} `),
      stderr,
    );
    if (/api_?key/i.test(field)) assert(!stderr.includes("sk-other"), stderr);
    else assert(stderr.includes(JSON.stringify(value)), stderr);
  }
  const csv = await writeDataSet(
    dir,
    "set.csv",
    `prompt,base_url\nhi,${evil.baseUrl}\n`,
  );
  const { code, stderr } = await runDataSet(mock, dir, [
    csv,
    ...["--base-url", mock.baseUrl],
  ]);
  assertEquals(code, 2);
  assert(stderr.includes("set.csv:2: its field base_url "), stderr);
  assertEquals([mock.started, evil.started], [0, 0]);
});

Deno.test("rollouts run rejects a row in which two fields set one option", async () => {
  await using mock = await MockOpenRouter.start();
  await using dir = new TempDir();
  const row = { prompt: "hi", maxTokens: 10, max_tokens: 100_000 };
  const file = await writeDataSet(dir, "set.jsonl", jsonLines([row]));
  const { code, stderr } = await runDataSet(mock, dir, [file]);
  assertEquals([code, mock.started], [2, 0]);
  assert(
    stderr.includes(
      "set.jsonl:1: its fields maxTokens and max_tokens both set",
    ),
    stderr,
  );
});

Deno.test("OPENROUTER_API_KEY is sent only to the host of OPENROUTER_BASE_URL without --send-key", async () => {
  await using mock = await MockOpenRouter.start();
  await using other = await MockOpenRouter.start();
  const args = ["generate", "Hi", "-m", MODEL, "--no-use-cache"];
  const there = ["--base-url", other.baseUrl];
  const host = new URL(other.baseUrl).host;
  const refused = await runCli([...args, ...there], cliEnv(mock));
  assertEquals(refused.code, 1);
  const { stderr } = refused;
  assert(stderr.includes(NO_KEY), stderr);
  assert(stderr.includes("only if OPENROUTER_BASE_URL has that host"), stderr);
  assert(stderr.includes("--send-key"), stderr);
  assert(!stderr.includes("sk-test"), stderr);
  for (
    const [more, env] of [
      [["--send-key"], {}],
      [["--send-key-to", host], {}],
      [["--send-key-to", "127.0.0.1"], {}],
      [[], { ROLLOUTS_SEND_KEY: "true" }],
      [[], { ROLLOUTS_SEND_KEY_TO: host }],
    ] as const
  ) {
    const before = other.started;
    const { code, stderr } = await runCli([...args, ...there, ...more], {
      ...cliEnv(mock),
      ...env,
    });
    assertEquals([code, other.started], [0, before + 1], stderr);
  }
  const wrong = [...args, ...there, "--send-key-to", "127.0.0.1:1"];
  assert((await runCli(wrong, cliEnv(mock))).stderr.includes(NO_KEY));
  const usual = await runCli(args, cliEnv(mock));
  assertEquals([usual.code, mock.started], [0, 1], usual.stderr);
});

Deno.test("the key is sent to the host of ROLLOUTS_BASE_URL, but not to that of --base-url", async () => {
  await using mock = await MockOpenRouter.start();
  await using other = await MockOpenRouter.start();
  const env = {
    OPENROUTER_API_KEY: "sk-test",
    ROLLOUTS_BASE_URL: mock.baseUrl,
  };
  const args = ["generate", "Hi", "-m", MODEL, "--no-use-cache"];
  assertEquals((await runCli(args, env)).code, 0);
  const there = [...args, "--base-url", other.baseUrl];
  assert((await runCli(there, env)).stderr.includes(NO_KEY));
  assertEquals(mock.started, 1);
});

Deno.test("keys of a client and of the environment are sent only to their hosts, whatever a call sets", async () => {
  await using mock = await MockOpenRouter.start();
  await using other = await MockOpenRouter.start();
  using _ = overrideEnv({ OPENROUTER_API_KEY: "sk-env" });
  const { baseUrl } = other;
  const options = { baseUrl, maxRetries: 0 };
  await using client = mockClient(mock);
  const calls = [
    () => client.generate("Hi", options),
    () => Array.fromAsync(client.generateMany([{ prompt: "Hi", ...options }])),
    () => client.embed(["a"], { model: "openai/x", ...options }),
    () => client.probePrefill({ baseUrl }),
    () => new Catalog({ baseUrl }).key(),
    () => Promise.resolve().then(() => new OpenRouter({ baseUrl })),
    () =>
      new OpenRouter({ apiKey: "sk-test", baseUrl: mock.baseUrl })
        .generateSingle("Hi", { model: MODEL, ...options }),
  ];
  for (const call of calls) {
    await assertRejects(call, RolloutsError, NOT_SENT, `${call}`);
  }
  assertEquals(other.started, 0);
  await client.generate("Hi", { ...options, apiKey: "sk-other" });
  assertEquals(other.started, 1);
  // The environment's key stays at home; the other server may need none.
  await using without = new RolloutsClient({
    model: MODEL,
    useCache: false,
    ...options,
  });
  const keyless = [
    () => without.generate("Hi"),
    () => without.embed(["a"], { model: "openai/x", ...options }),
  ];
  for (const call of keyless) {
    await assertRejects(call, AuthenticationError, NO_KEY);
  }
});

Deno.test("headers of a client are sent only to its host and to those of sendKeyTo", async () => {
  await using mock = await MockOpenRouter.start();
  await using other = await MockOpenRouter.start();
  const { baseUrl } = other;
  const host = new URL(baseUrl).host;
  const headers = { "X-Secret": "hidden" };
  const elsewhere = { baseUrl, apiKey: "sk-other" };
  await using client = mockClient(mock, { headers });
  for (
    const call of [
      () => client.generate("Hi", elsewhere),
      () => Array.fromAsync(client.generateMany(["Hi"], elsewhere)),
      () => client.probePrefill(elsewhere),
    ]
  ) {
    const error = await assertRejects(call, RolloutsError, NOT_SENT);
    assert(error.message.includes(`sendKeyTo: "${host}"`), error.message);
    assert(!error.message.includes("hidden"), error.message);
  }
  assertEquals(other.started, 0);
  await client.generate("Hi");
  assertEquals(mock.requests[0]?.headers["x-secret"], "hidden");
  await using allowed = mockClient(mock, { headers, sendKeyTo: host });
  await allowed.generate("Hi", elsewhere);
  assertEquals(other.requests[0]?.headers["x-secret"], "hidden");
  await using without = mockClient(mock, { headers: {} });
  await without.generate("Hi", elsewhere);
  assertEquals(other.started, 2);
});

Deno.test("OpenRouter is not asked without a key", async () => {
  using _ = overrideEnv({});
  await using client = new RolloutsClient({ model: MODEL, useCache: false });
  await assertRejects(
    () => client.generate("Hi"),
    RolloutsError,
    "no API key: set OPENROUTER_API_KEY or pass apiKey",
  );
});

Deno.test("a key is not sent unencrypted, even to its own host", async () => {
  using _ = overrideEnv({ OPENROUTER_API_KEY: "sk-env" });
  const catalog = new Catalog({ baseUrl: "http://openrouter.ai/api/v1" });
  await assertRejects(() => catalog.key(), RolloutsError, NOT_SENT);
});

Deno.test("the lowest of several limits applies: a call cannot raise those of its client", async () => {
  await using mock = await MockOpenRouter.start({ latencyMs: 20 });
  await using client = mockClient(mock, { maxConcurrency: 1 });
  await client.generate("Hi", { nSamples: 4, maxConcurrency: 8 });
  assertEquals(mock.maxInFlight, 1);
  await using free = mockClient(mock);
  const prompts = [{ prompt: "Hi", nSamples: 4, maxConcurrency: 8 }];
  const all = free.generateMany(prompts, { maxConcurrency: 1 });
  for await (const { length } of all) assertEquals(length, 4);
  assertEquals(mock.maxInFlight, 1);
  const { code, stderr } = await runCli(
    [
      ...["generate", "Hi", "-m", MODEL, "--no-use-cache"],
      ...["-n", "4", "--max-concurrency", "8"],
    ],
    { ...cliEnv(mock), ROLLOUTS_MAX_CONCURRENCY: "1" },
  );
  assertEquals([code, mock.maxInFlight], [0, 1], stderr);
  assert(
    stderr.includes(
      "--max-concurrency 8 is above the limit in ROLLOUTS_MAX_CONCURRENCY",
    ),
    stderr,
  );
});
