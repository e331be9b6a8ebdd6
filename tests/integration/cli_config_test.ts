import { assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import { join } from "@std/path/join";
import { MockOpenRouter } from "../../src/testing/mod.ts";
import { MODEL } from "../support/mock_client.ts";
import {
  finished,
  ROOT,
  startScript,
  USUAL_PERMISSIONS,
} from "../support/run_script.ts";
import { TempDir } from "../support/temp_dir.ts";

/** Runs a command in a directory, with the configuration of its file and the environment. */
async function run(
  dir: TempDir,
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
) {
  return await finished(
    startScript(join(ROOT, "src/cli/main.ts"), {
      permissions: USUAL_PERMISSIONS,
      env: { OPENROUTER_API_KEY: "sk-test", ...env },
      cwd: dir.path,
    }, args),
  );
}

async function configure(dir: TempDir, text: string): Promise<void> {
  await Deno.writeTextFile(join(dir.path, "rollouts.json"), text);
}

Deno.test("a flag overrides a variable, a variable rollouts.json, and rollouts.json the default", async () => {
  await using mock = await MockOpenRouter.start();
  await using dir = new TempDir();
  await configure(
    dir,
    JSON.stringify({
      model: MODEL,
      temperature: 0.1,
      topP: 0.5,
      maxTokens: 100,
      useCache: false,
    }),
  );
  const env = {
    ROLLOUTS_BASE_URL: mock.baseUrl,
    ROLLOUTS_TOP_P: "0.6",
    ROLLOUTS_MAX_TOKENS: "200",
  };
  const args = ["generate", "Hi", "--max-tokens", "300", "--field", "seed"];
  const { code, stderr } = await run(dir, args, env);
  assertEquals(code, 0, stderr);
  assertStringIncludes(stderr, "rollouts.json sets model, temperature");
  const [sent] = mock.requests.map(({ body }) => body) as [
    Record<string, unknown>,
  ];
  assertEquals(
    [sent.model, sent.temperature, sent.top_p, sent.max_tokens],
    [MODEL, 0.1, 0.6, 300],
  );
  const shown = await run(dir, ["config", "--json"], env);
  const config = JSON.parse(shown.stdout);
  assertEquals(config.temperature, { value: 0.1, source: "rollouts.json" });
  assertEquals(config.topP, { value: 0.6, source: "ROLLOUTS_TOP_P" });
  const table = await run(dir, ["config", "--all"], env);
  assertStringIncludes(table.stdout, "ROLLOUTS_MAX_TOKENS");
});

Deno.test("rollouts config without configured defaults shows how to set them", async () => {
  await using dir = new TempDir();
  const { code, stdout } = await run(dir, ["config"]);
  assertEquals(
    [code, stdout],
    [
      0,
      "no defaults are configured: set variables such as ROLLOUTS_MODEL, or write " +
      `${
        join(dir.path, "rollouts.json")
      }; rollouts config --all shows the defaults of the package\n`,
    ],
  );
  const json = await run(dir, ["config", "--json"]);
  assertEquals(JSON.parse(json.stdout), {});
});

Deno.test("rollouts config shows the address of the API and the variable that sets it", async () => {
  await using dir = new TempDir();
  const own = { OPENROUTER_BASE_URL: "http://user:secret@127.0.0.1:1/v1" };
  const both = { ...own, ROLLOUTS_BASE_URL: "http://127.0.0.1:2/v1" };
  const table = await run(dir, ["config"], own);
  assertMatch(
    table.stdout,
    /^baseUrl +"http:\/\/…@127\.0\.0\.1:1\/v1" +OPENROUTER_BASE_URL /m,
  );
  const json = async (env: Readonly<Record<string, string>>) =>
    JSON.parse((await run(dir, ["config", "--json"], env)).stdout).baseUrl;
  assertEquals((await json(own)).source, "OPENROUTER_BASE_URL");
  assertEquals(await json(both), {
    value: "http://127.0.0.1:2/v1",
    source: "ROLLOUTS_BASE_URL",
  });
  const all = await run(dir, ["config", "--all"]);
  assertMatch(
    all.stdout,
    /^baseUrl +"https:\/\/openrouter\.ai\/api\/v1" +the package /m,
  );
});

Deno.test("cache commands use a configured cache directory, but not a configured model", async () => {
  await using mock = await MockOpenRouter.start();
  await using dir = new TempDir();
  await configure(dir, JSON.stringify({ model: "other", cacheDir: "kept" }));
  const env = { ROLLOUTS_BASE_URL: mock.baseUrl };
  const made = await run(dir, ["generate", "Hi", "-m", MODEL], env);
  assertEquals(made.code, 0, made.stderr);
  const { stdout } = await run(dir, ["cache", "ls", "--json"], env);
  assertEquals(JSON.parse(stdout).length, 1);
});

Deno.test("configuredOptions() names the source of a wrong value, and rejects a key", async () => {
  await using dir = new TempDir();
  const wrong: [string, Record<string, string>, string][] = [
    ["{", {}, "rollouts.json is not JSON: "],
    ["[]", {}, "rollouts.json must be a JSON object"],
    ['{"temprature":1}', {}, 'did you mean "temperature"?'],
    [
      '{"temperature":9}',
      {},
      "rollouts.json: temperature must be a number from 0 to 2, got 9",
    ],
    ['{"apiKey":"sk-secret"}', {}, "set OPENROUTER_API_KEY"],
    [
      "{}",
      { ROLLOUTS_MODLE: "m" },
      "unknown variable ROLLOUTS_MODLE; did you mean ROLLOUTS_MODEL?",
    ],
    [
      "{}",
      { ROLLOUTS_TEMPERATURE: "9" },
      "ROLLOUTS_TEMPERATURE must be a number from 0 to 2, got 9",
    ],
    ["{}", { ROLLOUTS_TOP_P: "much" }, "ROLLOUTS_TOP_P must be a number"],
    ["{}", { ROLLOUTS_USE_CACHE: "no" }, "ROLLOUTS_USE_CACHE must be true or"],
  ];
  for (const [text, env, reason] of wrong) {
    await configure(dir, text);
    const { code, stderr } = await run(dir, ["config"], env);
    assertEquals(code, 2);
    assertStringIncludes(stderr, reason);
    assertEquals(stderr.includes("sk-secret"), false);
  }
});

Deno.test("rollouts.json cannot set an address unless trusted, and its use is reported", async () => {
  await using mock = await MockOpenRouter.start();
  await using dir = new TempDir();
  const env = { OPENROUTER_BASE_URL: mock.baseUrl };
  const args = ["generate", "Hi", "-m", MODEL, "--no-use-cache"];
  const evil = "http://user:pass@127.0.0.1:1/api";
  for (
    const option of [
      { baseUrl: evil },
      { queue: evil.replace("http", "redis") },
      { metricsHost: "0.0.0.0" },
      { headers: { Authorization: "x" } },
      { transport: {} },
      { sendKeyTo: "127.0.0.1" },
      { sendKey: true },
      { trustConfig: true },
      { allowUnboundedCost: true },
    ]
  ) {
    await configure(dir, JSON.stringify(option));
    const { code, stderr } = await run(dir, args, env);
    assertEquals(code, 2, stderr);
    const [name] = Object.keys(option);
    const path = join(dir.path, "rollouts.json");
    assertStringIncludes(stderr, `${path} is not allowed to set ${name} (`);
    assertEquals(stderr.includes("pass@"), false);
  }
  await configure(dir, JSON.stringify({ baseUrl: mock.baseUrl, topP: 0.5 }));
  const refused = await run(dir, args, env);
  assertStringIncludes(refused.stderr, "--trust-config");
  const flag = await run(dir, [...args, "--trust-config"], env);
  const variable = await run(dir, args, {
    ...env,
    ROLLOUTS_TRUST_CONFIG: "true",
  });
  for (const { code, stderr } of [flag, variable]) {
    assertEquals(code, 0, stderr);
    assertStringIncludes(stderr, "rollouts.json sets baseUrl, topP");
  }
  assertEquals(mock.started, 2);
});
