import { assert, assertEquals, assertRejects } from "@std/assert";
import { walkSync } from "@std/fs/walk";
import { RolloutsClient, WorkerError } from "../../mod.ts";
import { disconnectRedis } from "../../src/queue/connect_redis.ts";
import { KeySeal } from "../../src/queue/key_seal.ts";
import { QueueError, QueueTransport } from "../../src/queue/mod.ts";
import { Redis } from "../../src/queue/npm_ioredis.ts";
import { MockOpenRouter } from "../../src/testing/mod.ts";
import { startLookAlike } from "../support/look_alike.ts";
import { LOOK_ALIKES } from "../support/look_alikes.ts";
import { mockClient } from "../support/mock_client.ts";
import { overrideEnv } from "../support/program_env.ts";
import { startWorkerProcess, WORKER_KEY } from "../support/queue_worker.ts";
import { RedisServer, withRedis } from "../support/redis_server.ts";
import { startWorker } from "../support/queue_worker.ts";
import { TempDir } from "../support/temp_dir.ts";

const SECRET = "a secret of at least thirty-two characters";
const KEY = "sk-of-the-coordinator";

/** Returns all data of Redis, and its append-only file, as one string. */
async function allOf(server: RedisServer): Promise<string> {
  const redis = new Redis(server.url);
  const texts: string[] = [];
  for (const key of await redis.keys("*")) {
    texts.push(key);
    // The key may be gone by now. A dump may be compressed, unlike the fields of a hash.
    const dump = await redis.dumpBuffer(key);
    if (dump !== null) texts.push(latin1(dump));
    const fields = await redis.hgetall(key).catch(() => ({}));
    texts.push(JSON.stringify(fields));
  }
  await disconnectRedis(redis);
  for (const { path } of walkSync(server.dir, { includeDirs: false })) {
    texts.push(latin1(Deno.readFileSync(path)));
  }
  return texts.join("\n");
}

function latin1(bytes: Uint8Array): string {
  return new TextDecoder("latin1").decode(bytes);
}

Deno.test({
  ...withRedis,
  name:
    "Redis contains no key as plain text, neither of a worker nor of a coordinator",
  async fn() {
    const keys: string[] = [];
    await using redis = await RedisServer.start();
    await using mock = await MockOpenRouter.start({
      latencyMs: 50,
      faults: ({ apiKey }) => {
        keys.push(apiKey);
        return null;
      },
    });
    await using dir = new TempDir();
    using _ = overrideEnv({ ROLLOUTS_QUEUE_SECRET: SECRET });
    const worker = startWorkerProcess(redis, mock, {
      env: { ROLLOUTS_QUEUE_SECRET: SECRET },
    });
    try {
      await using client = mockClient(mock, {
        transport: new QueueTransport({ url: redis.url }),
        cacheDir: dir.path,
        apiKey: KEY,
      });
      const call = client.generate("What is 5*10?", { nSamples: 60 });
      const texts: string[] = [];
      while (mock.answered < 60) texts.push(await allOf(redis));
      assertEquals((await call).length, 60);
      texts.push(await allOf(redis));
      assertEquals([...new Set(keys)], [KEY]);
      const all = texts.join("\n");
      assert(all.includes("sealedKey"), "jobs were looked at");
      for (const text of [KEY, WORKER_KEY, SECRET, "Authorization", "Bearer"]) {
        for (const form of [text, btoa(text).slice(0, -4)]) {
          assert(!all.includes(form), `${form} is in Redis`);
        }
      }
    } finally {
      worker.kill("SIGKILL");
      await worker.output();
    }
  },
});

Deno.test("KeySeal.open() decrypts a key only with its own secret, address, and job", async () => {
  const seal = new KeySeal(SECRET);
  const sealed = await seal.seal(KEY, ["https://a/", "job"]);
  assertEquals(await seal.open(sealed, ["https://a/", "job"]), KEY);
  const other = new KeySeal(`${SECRET}!`);
  const wrong = [
    () => seal.open(sealed, ["https://b/", "job"]),
    () => seal.open(sealed, ["https://a/", "other"]),
    () => other.open(sealed, ["https://a/", "job"]),
    () => seal.open(sealed.replace(/.$/, "A"), ["https://a/", "job"]),
    () => seal.open("", ["https://a/", "job"]),
  ];
  for (const open of wrong) await assertRejects(open, QueueError, "SECRET");
  assert(sealed !== await seal.seal(KEY, ["https://a/", "job"]));
});

Deno.test({
  ...withRedis,
  name: "a worker sends nothing to another base URL, and nothing without a key",
  async fn() {
    await using redis = await RedisServer.start();
    await using mock = await MockOpenRouter.start();
    await using elsewhere = await MockOpenRouter.start();
    for (
      const [baseUrl, apiKey, message] of [
        [elsewhere.baseUrl, WORKER_KEY, `not to ${mock.baseUrl}`],
        [`${mock.baseUrl}/other`, WORKER_KEY, "set its --base-url"],
        [mock.baseUrl, " ", "the queue worker has no API key"],
      ] as const
    ) {
      await using _ = await startWorker(redis, mock, { baseUrl, apiKey });
      await using client = mockClient(mock, {
        transport: new QueueTransport({ url: redis.url }),
        apiKey: undefined,
      });
      await assertRejects(
        () => client.generate("What is 5*10?"),
        WorkerError,
        message,
      );
    }
    assertEquals([mock.started, elsewhere.started], [0, 0]);
  },
});

Deno.test({
  ...withRedis,
  name:
    "a server without keys works through a queue, which sends it none of the environment",
  async fn() {
    await using redis = await RedisServer.start();
    await using server = await startLookAlike(LOOK_ALIKES.vllm);
    using _ = overrideEnv({ OPENROUTER_API_KEY: WORKER_KEY });
    await using __ = await startWorker(redis, server, { apiKey: undefined });
    await using client = new RolloutsClient({
      model: "tiny",
      baseUrl: server.baseUrl,
      server: "vllm",
      transport: new QueueTransport({ url: redis.url }),
      useCache: false,
    });
    const { responses, errors } = await client.generate(
      "What is 5*10?\n<think>\n5*1",
      { nSamples: 3 },
    );
    assertEquals([...errors.values()], []);
    assertEquals(
      responses.map(({ prefill }) => prefill),
      Array(3).fill("continued"),
    );
    assertEquals(server.keys, [null, null, null]);
  },
});
