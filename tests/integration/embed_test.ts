import { assert, assertEquals, assertRejects } from "@std/assert";
import { walkSync } from "@std/fs/walk";
import {
  ApiError,
  NetworkError,
  ResponseError,
  RolloutsError,
} from "../../mod.ts";
import { MockOpenRouter } from "../../src/testing/mod.ts";
import { mockClient } from "../support/mock_client.ts";
import { serve } from "../support/serve.ts";
import { TempDir } from "../support/temp_dir.ts";

const MODEL = "openai/text-embedding-3-small";

function cosine(a: readonly number[], b: readonly number[]): number {
  const dot = a.reduce((sum, value, i) => sum + value * b[i]!, 0);
  return dot / (Math.hypot(...a) * Math.hypot(...b));
}

Deno.test("RolloutsClient.embed() requests each text once, in few requests, and then caches it", async () => {
  await using mock = await MockOpenRouter.start();
  await using dir = new TempDir();
  const client = mockClient(mock, { cacheDir: dir.path });
  const texts = Array.from({ length: 100 }, (_, i) => `sentence ${i % 70}`);
  const vectors = await client.embed(texts, { model: MODEL });
  assertEquals(vectors.length, 100);
  assertEquals(vectors[0], vectors[70]);
  assertEquals(mock.requests.length, 2);
  assertEquals([...walkSync(dir.path, { includeDirs: false })].length, 70);
  const cached = mockClient(mock, { cacheDir: dir.path, apiKey: undefined });
  assertEquals(await cached.embed(texts, { model: MODEL }), vectors);
  await client.embed(["sentence 0", "another"], { model: MODEL });
  assertEquals(mock.requests.length, 3);
  const [a, b, c] = await client.embed(
    ["the cat sat on a mat", "the cat sat on the mat", "prices rose in May"],
    { model: MODEL },
  ) as [number[], number[], number[]];
  assert(cosine(a, b) > 0.8 && cosine(a, c) < 0.5);
});

Deno.test("RolloutsClient.embed() retries transient failures and rejects invalid embeddings", async () => {
  const answers = [
    () =>
      new Response("busy", { status: 503, headers: { "Retry-After": "0" } }),
    () => Response.json({ data: [{ index: 0, embedding: [1, 0] }] }),
    () => Response.json({ data: [{ index: 1, embedding: [1, 0] }] }),
    () => Response.json({ data: [{ embedding: [1, null] }] }),
    () => Response.json({ error: { message: "no" } }, { status: 400 }),
  ];
  await using server = await serve(() => answers.shift()!());
  await using mock = await MockOpenRouter.start();
  const client = mockClient(mock, { baseUrl: server.url });
  const embed = () => client.embed(["a"], { model: MODEL });
  assertEquals(await embed(), [[1, 0]]);
  await assertRejects(embed, ResponseError, "not a list of embeddings");
  await assertRejects(embed, ResponseError);
  await assertRejects(embed, ApiError, "no");
  const unknown = mockClient(mock).embed(["a"], { model: "no/such" });
  await assertRejects(() => unknown, ApiError, "404");
  const signal = AbortSignal.abort(new RolloutsError("enough"));
  await assertRejects(
    () => client.embed(["a"], { model: MODEL, signal }),
    RolloutsError,
    "enough",
  );
});

Deno.test("RolloutsClient.embed() and score() end within maxElapsedMs, attempts in flight included", async () => {
  await using server = await serve(({ signal }) =>
    new Promise((resolve) => {
      signal.addEventListener("abort", () => resolve(new Response()));
    })
  );
  await using mock = await MockOpenRouter.start();
  await using client = mockClient(mock, {
    baseUrl: server.url,
    server: "sglang",
    maxElapsedMs: 100,
    maxConcurrency: 1,
    // Without the limit, the test would take an hour.
    timeoutMs: 3_600_000,
    useCache: false,
  });
  for (
    const request of [
      () => client.embed(["a"], { model: MODEL }),
      () => client.score("5*", "10", { raw: true }),
    ]
  ) {
    await assertRejects(
      request,
      NetworkError,
      "no more retries within maxElapsedMs (100 ms)",
    );
  }
});
