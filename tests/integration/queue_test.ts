import {
  assert,
  assertEquals,
  assertInstanceOf,
  assertStringIncludes,
} from "@std/assert";
import { walkSync } from "@std/fs/walk";
import { join } from "@std/path/join";
import { StoppedError } from "../../mod.ts";
import { disconnectRedis } from "../../src/queue/connect_redis.ts";
import { QueueControl, QueueTransport } from "../../src/queue/mod.ts";
import { Redis } from "../../src/queue/npm_ioredis.ts";
import { MockOpenRouter } from "../../src/testing/mod.ts";
import type { ProgramTask } from "../chaos/program.ts";
import { mockClient, MODEL } from "../support/mock_client.ts";
import {
  startWorker,
  startWorkerProcess,
  WORKER_KEY,
} from "../support/queue_worker.ts";
import { RedisServer, withRedis } from "../support/redis_server.ts";
import {
  finished,
  ROOT,
  startScript,
  USUAL_PERMISSIONS,
} from "../support/run_script.ts";
import { TempDir } from "../support/temp_dir.ts";
import { until } from "../support/until.ts";

const PROMPT = "What is 5*10?";

/** Returns the remaining keys of samples; those of workers and limits stay. */
async function keysOfSamples(redis: RedisServer): Promise<string[]> {
  const client = new Redis(redis.url);
  const keys = await client.keys("*");
  await disconnectRedis(client);
  return keys.filter((key) =>
    /^rollouts:(jobs:[so][0-9a-f]{32}|subscribers:s)/.test(key)
  );
}

Deno.test({
  ...withRedis,
  name:
    "generate() with a queue sends each request once in other processes, and stores the answers",
  async fn() {
    await using redis = await RedisServer.start();
    await using mock = await MockOpenRouter.start({
      // Long enough for both workers to start, also on a busy machine.
      latencyMs: ({ index }) => index < 32 ? 2_000 : 20,
    });
    await using dir = new TempDir();
    await using first = startWorkerProcess(redis, mock, {
      args: ["--name", "w1"],
    });
    await using second = startWorkerProcess(redis, mock, {
      args: ["--name", "w2"],
    });
    const workers = [first, second];
    await using control = await QueueControl.open(redis.url);
    await until(async () => (await control.status()).workers >= 2);
    await using client = mockClient(mock, {
      transport: new QueueTransport({ url: redis.url }),
      cacheDir: join(dir.path, "cache"),
      apiKey: undefined,
    });
    const rollouts = await client.generate(PROMPT, { nSamples: 150 });
    assertEquals([rollouts.length, rollouts.errors.size], [150, 0]);
    assertEquals(
      [...mock.seeds.values()].filter(({ started }) => started !== 1),
      [],
    );
    assert(mock.maxInFlight > 16, "one worker has no more than 16 in flight");
    assertEquals(await keysOfSamples(redis), []);
    // The queue returns the same as a run without it, and stores it in the same place.
    await using direct = mockClient(mock, {
      cacheDir: join(dir.path, "direct"),
    });
    const same = await direct.generate(PROMPT, { nSamples: 150 });
    assertEquals(rollouts.getTexts(), same.getTexts());
    const [files, others] = ["cache", "direct"].map((name) =>
      [...walkSync(join(dir.path, name), { includeDirs: false })]
        .map(({ path }) => path.split("/").slice(-5).join("/")).sort()
    );
    assertEquals(files, others);
    const again = await client.generate(PROMPT, { nSamples: 150 });
    assert(again.responses.every(({ cached }) => cached));
    for (const worker of workers) worker.kill("SIGINT");
    for (const worker of workers) {
      const { code, stderr } = await finished(worker);
      assertEquals(code, 0, stderr);
      assertStringIncludes(stderr, "takes no more");
    }
    assertEquals((await control.status()).workers, 0);
  },
});

Deno.test({
  ...withRedis,
  name:
    "generate() with a queue retries failures, and reports why a seed is missing",
  async fn() {
    await using redis = await RedisServer.start();
    await using mock = await MockOpenRouter.start({
      faults: ({ seed, attempt }) => {
        if (seed === 3) return { type: "status", status: 400 };
        return attempt === 1 && seed! % 2 === 0
          ? { type: "status", status: 503, retryAfter: 0.01 }
          : null;
      },
    });
    await using dir = new TempDir();
    await using _ = await startWorker(redis, mock);
    await using client = mockClient(mock, {
      transport: new QueueTransport({ url: redis.url }),
      cacheDir: dir.path,
      apiKey: undefined,
    });
    const { length, errors } = await client.generate(PROMPT, { nSamples: 8 });
    assertEquals([length, [...errors.keys()]], [7, [3]]);
    assertEquals(errors.get(3)?.name, "BadRequestError");
    assertEquals(mock.started, 12);
    assertEquals(await keysOfSamples(redis), []);
    // Without a cache, no samples are shared, and no keys remain.
    const calls = [1, 2].map(() =>
      client.generate(PROMPT, { useCache: false })
    );
    await Promise.all(calls);
    assertEquals(mock.started, 14);
  },
});

Deno.test({
  ...withRedis,
  name: "two coordinators with separate caches pay once for the same samples",
  async fn() {
    await using redis = await RedisServer.start();
    await using mock = await MockOpenRouter.start({ latencyMs: 300 });
    await using dir = new TempDir();
    await using _ = await startWorker(redis, mock);
    const clients = ["one", "two"].map((name) =>
      mockClient(mock, {
        transport: new QueueTransport({ url: redis.url }),
        cacheDir: join(dir.path, name),
        apiKey: undefined,
      })
    );
    const [one, two] = await Promise.all(
      clients.map((client) => client.generate(PROMPT, { nSamples: 20 })),
    );
    assertEquals(one!.getTexts(), two!.getTexts());
    assertEquals([one!.length, mock.started], [20, 20]);
    assertEquals(await keysOfSamples(redis), []);
    for (const client of clients) await client[Symbol.asyncDispose]();
  },
});

Deno.test({
  ...withRedis,
  name:
    "requests of a killed coordinator finish, wait in Redis, and are not paid for again",
  async fn() {
    await using redis = await RedisServer.start();
    await using mock = await MockOpenRouter.start({ latencyMs: 300 });
    await using dir = new TempDir();
    await using _ = await startWorker(redis, mock, { concurrency: 40 });
    const options = {
      model: MODEL,
      baseUrl: mock.baseUrl,
      cacheDir: dir.path,
    };
    const killed = startProgram({
      client: options,
      queue: redis.url,
      prompts: [PROMPT],
      nSamples: 40,
    });
    await until(() => mock.inFlight > 0);
    killed.kill("SIGKILL");
    await killed.output();
    await using control = await QueueControl.open(redis.url);
    const paid = mock.started;
    await until(async () => (await control.status()).results >= paid);
    await using client = mockClient(mock, {
      ...options,
      transport: new QueueTransport({ url: redis.url }),
      apiKey: undefined,
    });
    const { length } = await client.generate(PROMPT, { nSamples: 40 });
    assertEquals([length, mock.started, mock.answered], [40, 40, 40]);
    // The subscriptions of the killed coordinator remain until its lease expires.
    assertEquals((await control.status()).waiting, 0);
  },
});

Deno.test({
  ...withRedis,
  name:
    "a stopped worker finishes its requests in flight, and returns those not sent",
  async fn() {
    await using redis = await RedisServer.start();
    await using mock = await MockOpenRouter.start({ latencyMs: 400 });
    await using dir = new TempDir();
    const first = await startWorker(redis, mock);
    await using client = mockClient(mock, {
      transport: new QueueTransport({ url: redis.url }),
      cacheDir: dir.path,
      apiKey: undefined,
      maxConcurrency: 3,
    });
    const call = client.generate(PROMPT, { nSamples: 12 });
    await until(() => mock.inFlight === 3);
    // It has taken more than three, and waits for permits.
    await first.stop();
    assertEquals([mock.answered, mock.inFlight], [mock.started, 0]);
    await using _ = await startWorker(redis, mock);
    assertEquals((await call).length, 12);
    assertEquals(mock.started, 12);
    assertEquals(mock.maxInFlight, 3);
  },
});

Deno.test({
  ...withRedis,
  name:
    "stop() and aborting a call withdraw the requests that no worker has taken",
  async fn() {
    await using redis = await RedisServer.start();
    let isSlow = true;
    await using mock = await MockOpenRouter.start({
      latencyMs: () => isSlow ? 300 : 0,
    });
    await using dir = new TempDir();
    await using _ = await startWorker(redis, mock, { concurrency: 2 });
    await using control = await QueueControl.open(redis.url);
    const start = () =>
      mockClient(mock, {
        transport: new QueueTransport({ url: redis.url }),
        cacheDir: dir.path,
        apiKey: undefined,
      });
    await using stopped = start();
    const call = stopped.generate(PROMPT, { nSamples: 30 });
    await until(() => mock.inFlight === 2);
    stopped.stop();
    const { length, errors } = await call;
    assertEquals(length + errors.size, 30);
    assertEquals(length, mock.started);
    assertStringIncludes(errors.get(29)!.message, "was stopped");
    assertInstanceOf(errors.get(29), StoppedError);

    const abort = new AbortController();
    await using aborted = start();
    const other = aborted.generate("other", {
      nSamples: 30,
      signal: abort.signal,
    });
    const before = mock.started;
    await until(() => mock.started > before);
    abort.abort(new Error("enough"));
    await other.catch(({ message }) => assertEquals(message, "enough"));
    await until(async () => (await control.status()).active === 0);
    assertEquals((await control.status()).waiting, 0);
    // Requests that were in flight are paid for, and found when requested again.
    const paid = mock.answered;
    isSlow = false;
    await using again = start();
    const { responses } = await again.generate("other", { nSamples: 30 });
    assertEquals(responses.length, 30);
    assertEquals(mock.answered, length + 30);
    assert(paid > length);
  },
});

function startProgram(task: ProgramTask): Deno.ChildProcess {
  return startScript(join(ROOT, "tests/chaos/program.ts"), {
    permissions: USUAL_PERMISSIONS,
    env: { OPENROUTER_API_KEY: WORKER_KEY },
  }, [JSON.stringify(task)]);
}
