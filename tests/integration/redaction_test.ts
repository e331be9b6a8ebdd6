import {
  assert,
  assertEquals,
  assertInstanceOf,
  assertRejects,
} from "@std/assert";
import { walkSync } from "@std/fs/walk";
import {
  ApiError,
  Catalog,
  type ClientOptions,
  RolloutsClient,
} from "../../mod.ts";
import { MODEL } from "../support/mock_client.ts";
import { overrideEnv } from "../support/program_env.ts";
import { runCli } from "../support/run_cli.ts";
import { serve } from "../support/serve.ts";
import { TempDir } from "../support/temp_dir.ts";

const KEY = "sk-or-v1-0123456789abcdef";
const HEADER = "another-secret-value";

/** The ways in which a server may spell the key in JSON. */
const ESCAPED = [...KEY].map((letter) =>
  `\\u00${letter.charCodeAt(0).toString(16)}`
).join("");

/** Serves an answer that repeats the key in every text. */
function serveEcho(status: number, spelled: string) {
  const error = {
    message: `${"x".repeat(190)}${spelled}`,
    code: spelled,
    metadata: {
      provider_name: spelled,
      raw: spelled,
      error_type: spelled,
      reasons: [spelled, HEADER],
    },
  };
  const answer = {
    id: spelled,
    model: spelled,
    provider: spelled,
    created: 1,
    system_fingerprint: HEADER,
    other: [{ [spelled]: spelled }],
    choices: [{
      finish_reason: "stop",
      message: { reasoning: spelled, content: `the key is ${spelled}` },
    }],
  };
  const text = JSON.stringify(status === 200 ? answer : { error })
    .replaceAll("\\\\u00", "\\u00");
  return serve(() =>
    new Response(text, { status, headers: { "x-request-id": KEY } })
  );
}

for (const [spelling, spelled] of [["as it is", KEY], ["escaped", ESCAPED]]) {
  Deno.test(`an error that repeats the key ${spelling} contains it in none of its fields`, async () => {
    await using server = await serveEcho(400, spelled!);
    await using client = clientOf(server.url, { useCache: false });
    const { errors } = await client.generate("Hi");
    const error = errors.get(0);
    assertInstanceOf(error, ApiError);
    assertClean(allOf(error), "[key]");
    using _ = overrideEnv({});
    const catalog = new Catalog({ baseUrl: server.url, apiKey: KEY });
    const other = await assertRejects(() => catalog.key(), ApiError);
    assert(!allOf(other).includes(KEY));
  });

  Deno.test(`an answer that repeats the key ${spelling} is returned and cached without it`, async () => {
    await using server = await serveEcho(200, spelled!);
    await using dir = new TempDir();
    await using client = clientOf(server.url, { cacheDir: dir.path });
    const { responses: [response] } = await client.generate("Hi");
    assertEquals(response?.content, "the key is [key]");
    assertClean(allOf(response), "[key]");
    const files = [...walkSync(dir.path, { includeDirs: false })];
    const texts = files.map(({ path }) => Deno.readTextFileSync(path));
    assertClean(texts.join("\n"), "[key]");
    assert(!texts.join("\n").includes(ESCAPED));
  });
}

Deno.test("no message contains the user and the password of a base URL", async () => {
  const secret = "hunter2";
  const baseUrl = `http://me:${secret}@127.0.0.1:1/api`;
  await using dir = new TempDir();
  const texts: string[] = [];
  const fails = (make: () => unknown) => {
    try {
      make();
    } catch (error) {
      texts.push(String(error));
    }
  };
  fails(() => clientOf(baseUrl, {}));
  fails(() => new Catalog({ baseUrl }));
  const generate = ["generate", "Hi", "-m", MODEL, "--cache-dir", dir.path];
  for (
    const [args, env] of [
      [[...generate, "--base-url", baseUrl], {}],
      [generate, { OPENROUTER_BASE_URL: baseUrl }],
      [generate, { ROLLOUTS_BASE_URL: baseUrl }],
      [["models", "--base-url", baseUrl], {}],
      [["config"], { ROLLOUTS_BASE_URL: baseUrl, ROLLOUTS_QUEUE: baseUrl }],
      [["config", "--json"], { ROLLOUTS_BASE_URL: baseUrl }],
      [["worker", "--queue", "redis://h", "--base-url", baseUrl], {}],
      [[...generate, "--queue", baseUrl], {}],
    ] as const
  ) {
    const { stdout, stderr } = await runCli(args, {
      OPENROUTER_API_KEY: KEY,
      ...env,
    });
    texts.push(stdout + stderr);
  }
  assertEquals(texts.length, 10);
  for (const text of texts) {
    assert(
      text !== "" && !text.includes(secret) && !text.includes("me:"),
      text,
    );
  }
  assertEquals([...walkSync(dir.path, { includeDirs: false })], []);
});

function clientOf(
  baseUrl: string,
  options: Partial<ClientOptions>,
): RolloutsClient {
  return new RolloutsClient({
    model: MODEL,
    baseUrl,
    apiKey: KEY,
    headers: { "X-Api-Key": HEADER },
    maxRetries: 0,
    ...options,
  });
}

/** Returns all text that an object shows. */
function allOf(value: object | undefined): string {
  return Deno.inspect(value, { depth: 20, strAbbreviateSize: 100_000 }) +
    JSON.stringify(value);
}

function assertClean(text: string, expected: string): void {
  assert(text.includes(expected), text);
  for (const secret of [KEY, HEADER, KEY.slice(0, 9)]) {
    assert(!text.includes(secret), text);
  }
}
