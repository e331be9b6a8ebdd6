import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { MOCK_MODELS, MockOpenRouter } from "../../src/testing/mod.ts";
import { cliEnv, runCli } from "../support/run_cli.ts";
import { finished, startScript } from "../support/run_script.ts";

function rows(table: string): string[][] {
  return table.trim().split("\n").map((line) => line.trim().split(/\s{2,}/));
}

Deno.test("rollouts models shows the models that match every word, with prices, without a key", async () => {
  await using mock = await MockOpenRouter.start();
  const env = { OPENROUTER_BASE_URL: mock.baseUrl };
  const all = await runCli(["models"], env);
  assertEquals([all.code, all.stderr], [0, ""]);
  assertEquals(rows(all.stdout).length, MOCK_MODELS.length + 1);
  const some = await runCli(["models", "QWEN3", "30b"], env);
  const [head, row, ...others] = rows(some.stdout);
  assertEquals([head![0], row![0], others.length], [
    "MODEL",
    "qwen/qwen3-30b-a3b",
    0,
  ]);
  assertEquals(row!.slice(1, 4), ["$0.08", "$0.28", "40,960"]);
  const json = await runCli(["models", "30b", "--json"], env);
  const [model] = JSON.parse(json.stdout);
  assertEquals([model.promptUsdPerMillion, model.contextTokens], [0.08, 40960]);
  const none = await runCli(["models", "no-such"], env);
  assertEquals([none.code, none.stdout], [1, ""]);
});

Deno.test("rollouts providers shows the providers of a model, without a key", async () => {
  await using mock = await MockOpenRouter.start();
  const env = { OPENROUTER_BASE_URL: mock.baseUrl };
  const { endpoints } = MOCK_MODELS[0]!;
  const shown = await runCli(["providers", MOCK_MODELS[0]!.id], env);
  assertEquals([shown.code, shown.stderr], [0, ""]);
  assertEquals(
    rows(shown.stdout).slice(1).map(([provider, tag]) => [provider, tag]),
    endpoints.map(({ providerName, tag }) => [providerName, tag]),
  );
  const json = await runCli(["providers", MOCK_MODELS[0]!.id, "--json"], env);
  assertEquals(JSON.parse(json.stdout)[0].quantization, "fp8");
  const unknown = await runCli(["providers", "no/such"], env);
  assertEquals(unknown.code, 1);
  assertStringIncludes(unknown.stderr, "404");
  assertEquals((await runCli(["providers"], env)).code, 2);
});

Deno.test("rollouts key shows the remaining credit, and never the key", async () => {
  await using mock = await MockOpenRouter.start({ apiKeys: ["sk-good"] });
  const env = { OPENROUTER_BASE_URL: mock.baseUrl };
  const good = await runCli(["key"], { ...env, OPENROUTER_API_KEY: "sk-good" });
  assertEquals([good.code, good.stderr], [0, ""]);
  assertStringIncludes(good.stdout, "left    $100.0000");
  const bad = await runCli(["key"], { ...env, OPENROUTER_API_KEY: "sk-bad" });
  assertEquals(bad.code, 1);
  assertStringIncludes(bad.stderr, "401");
  const none = await runCli(["key"], env);
  assertStringIncludes(none.stderr, "no API key: set OPENROUTER_API_KEY\n");
  const typed = await runCli(["key", "sk-secret"], env);
  assertEquals(typed.code, 2);
  for (const { stdout, stderr } of [good, bad, none, typed]) {
    assert(!/sk-(good|bad|secret)/.test(stdout + stderr));
  }
});

Deno.test("rollouts probe shows which providers continue a prefill, and what to paste", async () => {
  await using mock = await MockOpenRouter.start();
  const env = { OPENROUTER_BASE_URL: mock.baseUrl, OPENROUTER_API_KEY: "k" };
  const probe = (...args: string[]) =>
    runCli(["probe", "--no-use-cache", ...args], env);
  const shown = await probe("qwen/qwen3-235b-a22b", "--seeds", "2");
  assertEquals(shown.code, 0, shown.stderr);
  const [table = "", ...pasted] = shown.stdout.trim().split("\n\n");
  const [head, ...endpoints] = rows(table);
  assertEquals(head?.slice(-6), [
    ...["VIA", "REASONING", "RATE", "CONTENT", "RATE", "MS"],
  ]);
  const groq = endpoints.find(([provider]) => provider === "Groq");
  assertEquals(groq?.slice(-6), [
    ...["chat", "refused", "0%", "refused", "0%", "?"],
  ]);
  assertStringIncludes(
    shown.stderr,
    `Groq: ${new URL(mock.baseUrl).host} answered 400`,
  );
  assertEquals(pasted[0], `--provider '{"only":["deepinfra/fp8"]}'`);
  assert(
    pasted[1]?.startsWith(
      `--prefill-via completions --provider '{"only":["dee`,
    ),
  );
  const json = await probe("qwen/qwq-32b", "--json");
  const { endpoints: read, preferences } = JSON.parse(json.stdout);
  assertEquals(read.length, 4);
  assertEquals(preferences.chat, { only: ["deepinfra/bf16", "nebius/fp8"] });
  const nobody = await probe("anthropic/claude-sonnet-4.6");
  assertEquals(nobody.code, 1);
  assertStringIncludes(nobody.stderr, "no provider of anthropic/claude");
  assertEquals((await probe("no/such")).code, 1);
  assertEquals((await probe()).code, 2);
});

Deno.test("rollouts models and key need only the documented permissions", async () => {
  await using mock = await MockOpenRouter.start();
  for (const command of ["models", "key"]) {
    const { code, stderr } = await finished(startScript("src/cli/main.ts", {
      permissions: ["--allow-net=127.0.0.1", "--allow-env"],
      env: cliEnv(mock),
    }, [command]));
    assertEquals([code, stderr], [0, ""]);
  }
});
