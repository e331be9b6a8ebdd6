import { assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import { RolloutsClient } from "../../mod.ts";
import { MockOpenRouter } from "../../src/testing/mod.ts";
import { type LookAlike, startLookAlike } from "../support/look_alike.ts";
import { LOOK_ALIKES } from "../support/look_alikes.ts";
import { cliEnv, runCli } from "../support/run_cli.ts";
import { serve } from "../support/serve.ts";
import { TempDir } from "../support/temp_dir.ts";

const TINY = "rollouts/tiny-sums";

/** A server of an unknown kind that continues a prefill as one of a known kind does. */
function unknownKind(lookAlike: LookAlike) {
  return startLookAlike({ ...lookAlike, info: {} });
}

/** Serves the language model of a mock without OpenRouter's lists, with a prefill behavior. */
function serveTiny(mock: MockOpenRouter) {
  return serve(async (request) => {
    const { pathname } = new URL(request.url);
    if (request.method !== "POST") return new Response(null, { status: 404 });
    const { origin } = new URL(mock.baseUrl);
    const answer = await fetch(`${origin}/api${pathname}`, {
      method: "POST",
      headers: { authorization: "Bearer sk-mock" },
      body: await request.text(),
    });
    return new Response(await answer.text(), answer);
  });
}

Deno.test("probePrefill() asks a weak model to copy a digit before it reports that the server starts over", async () => {
  await using mock = await MockOpenRouter.start();
  await using server = await serveTiny(mock);
  await using client = new RolloutsClient({
    model: TINY,
    baseUrl: `${server.url}/v1`,
    useCache: false,
  });
  const { endpoints, requests } = await client.probePrefill({ nSeeds: 3 });
  const { host } = new URL(server.url);
  assertEquals(
    endpoints.map(({ tag, server, probe }) => [tag, server, probe]),
    [[host, null, "digit"]],
  );
  assertEquals(
    endpoints.map((endpoint) => [
      endpoint.reasoningOutcome,
      endpoint.reasoningContinuationRate,
      endpoint.contentOutcome,
      endpoint.contentContinuationRate,
    ]),
    [["continued", 1, "continued", 1]],
  );
  assertEquals(requests, 12);
});

Deno.test("probePrefill() asks a weak model to copy a digit at the endpoints of OpenRouter, too", async () => {
  await using mock = await MockOpenRouter.start();
  const { code, stdout } = await runCli(["probe", TINY], cliEnv(mock));
  assertEquals(code, 0);
  assertMatch(stdout, /continued +100% +continued +100% .*digit$/m);
  assertStringIncludes(stdout, `--provider '{"only":["`);
});

Deno.test("probePrefill() reports that a server loses the prefills of a weak model", async () => {
  await using mock = await MockOpenRouter.start();
  await using server = await serve(async (request) => {
    const { pathname } = new URL(request.url);
    if (request.method !== "POST") return new Response(null, { status: 404 });
    const body = await request.json();
    // The last message gets lost.
    const messages = body.messages.slice(0, 1);
    const { origin } = new URL(mock.baseUrl);
    return await fetch(`${origin}/api${pathname}`, {
      method: "POST",
      headers: { authorization: "Bearer sk-mock" },
      body: JSON.stringify({ ...body, messages }),
    });
  });
  await using client = new RolloutsClient({
    model: TINY,
    baseUrl: `${server.url}/v1`,
    useCache: false,
    maxRetries: 0,
  });
  const { endpoints, requests } = await client.probePrefill({ nSeeds: 1 });
  assertEquals(
    endpoints.map(({ server, probe, reasoningOutcome, contentOutcome }) => [
      server,
      probe,
      reasoningOutcome,
      contentOutcome,
    ]),
    [null, "vllm", "sglang", "llamacpp", "deepseek", "mistral", "moonshot"]
      .map((server) => [server, "digit", "restarted", "restarted"]),
  );
  assertEquals(requests, 7 * 4);
});

for (const kind of ["llamacpp", "deepseek", "moonshot"] as const) {
  Deno.test(`rollouts probe finds that a server of an unknown kind continues like ${kind}`, async () => {
    await using mock = await unknownKind(LOOK_ALIKES[kind]);
    await using dir = new TempDir();
    const { code, stdout, stderr } = await runCli([
      ...["probe", "tiny", "--base-url", mock.baseUrl],
      ...["--cache-dir", dir.path],
    ]);
    assertEquals(code, 0, stderr);
    assertStringIncludes(stdout, `\n--prefill-via chat --server ${kind}\n`);
    const one = await runCli([
      ...["generate", "What is 5*10?\n<think>\n5*1", "-m", "tiny"],
      ...["--base-url", mock.baseUrl, "--cache-dir", dir.path],
      ...["--prefill-via", "chat", "--server", kind, "--require-continuation"],
    ]);
    assertEquals([one.code, one.stderr], [0, ""]);
    assertStringIncludes(one.stdout, "0 = 50.");
  });
}

Deno.test("rollouts probe shows that a known server continues, with no other flag", async () => {
  await using mock = await startLookAlike(LOOK_ALIKES.vllm);
  await using dir = new TempDir();
  const { code, stdout, stderr } = await runCli([
    ...["probe", "tiny", "--base-url", mock.baseUrl],
    ...["--cache-dir", dir.path],
  ]);
  assertEquals(code, 0, stderr);
  const { host } = new URL(mock.baseUrl);
  assertStringIncludes(stdout, host);
  assertEquals(stdout.trimEnd().split("\n").at(-1), "--prefill-via chat");
  assertStringIncludes(stderr, "6 requests");
});
