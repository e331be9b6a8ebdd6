import {
  assert,
  assertEquals,
  assertInstanceOf,
  assertRejects,
  assertStringIncludes,
} from "@std/assert";
import { StoppedError } from "../../mod.ts";
import {
  QueueControl,
  QueueError,
  QueueTransport,
} from "../../src/queue/mod.ts";
import { MockOpenRouter } from "../../src/testing/mod.ts";
import { startRun, writeDataSet } from "../support/data_set_run.ts";
import { freePort } from "../support/free_port.ts";
import { mockClient } from "../support/mock_client.ts";
import { startWorker } from "../support/queue_worker.ts";
import { RedisServer, withRedis } from "../support/redis_server.ts";
import { runCli } from "../support/run_cli.ts";
import { finished } from "../support/run_script.ts";
import { TempDir } from "../support/temp_dir.ts";
import { until } from "../support/until.ts";

const PROMPT = "What is 5*10?";

/** Returns the output of `rollouts queue …`. */
async function rollouts(...args: readonly string[]): Promise<string> {
  const { code, stdout, stderr } = await runCli(args);
  assertEquals([code, stderr], [0, ""]);
  return stdout;
}

Deno.test({
  ...withRedis,
  name:
    "rollouts queue pause pauses workers, status shows it, and resume continues",
  async fn() {
    await using redis = await RedisServer.start();
    await using mock = await MockOpenRouter.start({ latencyMs: 20 });
    await using dir = new TempDir();
    await using _ = await startWorker(redis, mock);
    const queue = ["--queue", redis.url];
    assertStringIncludes(await rollouts("queue", "pause", ...queue), "paused");
    await using client = mockClient(mock, {
      transport: new QueueTransport({ url: redis.url }),
      cacheDir: dir.path,
      apiKey: undefined,
    });
    const call = client.generate(PROMPT, { nSamples: 20 });
    await using control = await QueueControl.open(redis.url);
    await until(async () => (await control.status()).waiting >= 20);
    const status = await rollouts("queue", "status", ...queue);
    assertStringIncludes(status, "state       paused");
    assertStringIncludes(status, "waiting     20 requests");
    assertEquals(mock.started, 0);
    await rollouts("queue", "resume", ...queue);
    assertEquals((await call).length, 20);
    const json = await rollouts("queue", "status", "--json", ...queue);
    const { paused, waiting, workers } = JSON.parse(json);
    assertEquals([paused, waiting, workers], [false, 0, 1]);
  },
});

Deno.test({
  ...withRedis,
  name:
    "rollouts queue drain removes waiting requests, and their call ends with its samples",
  async fn() {
    await using redis = await RedisServer.start();
    await using mock = await MockOpenRouter.start({ latencyMs: 1_000 });
    await using dir = new TempDir();
    await using _ = await startWorker(redis, mock, { concurrency: 3 });
    await using client = mockClient(mock, {
      transport: new QueueTransport({ url: redis.url }),
      cacheDir: dir.path,
      apiKey: undefined,
    });
    const call = client.generate(PROMPT, { nSamples: 100 });
    await until(() => mock.inFlight === 3);
    await using control = await QueueControl.open(redis.url);
    await control.pause();
    const drained = await rollouts("queue", "drain", "--queue", redis.url);
    assertStringIncludes(drained, "requests removed");
    const { length, errors } = await call;
    assertEquals([length, length + errors.size], [mock.started, 100]);
    assert(length >= 3 && length < 64);
    assertStringIncludes(errors.get(99)!.message, "the queue was drained");
    assertInstanceOf(errors.get(99), StoppedError);
    assertEquals((await control.status()).waiting, 0);
  },
});

Deno.test({
  ...withRedis,
  name:
    "rollouts run reports once how many samples of a drained queue were not requested",
  async fn() {
    await using redis = await RedisServer.start();
    await using mock = await MockOpenRouter.start();
    await using dir = new TempDir();
    const prompts = Array.from({ length: 20 }, (_, i) => `What is ${i}+1?`);
    const file = await writeDataSet(dir, "set.txt", prompts.join("\n"));
    await using control = await QueueControl.open(redis.url);
    await control.pause();
    const child = startRun(mock, dir, [file, "--queue", redis.url]);
    const ended = finished(child);
    let waiting = 0;
    while (waiting < 20) ({ waiting } = await control.status());
    await rollouts("queue", "drain", "--queue", redis.url);
    const { code, stderr } = await ended;
    assertEquals([code, mock.started], [1, 0], stderr);
    const lines = stderr.split("\n").filter((line) =>
      line.includes("not requested")
    );
    assertEquals(lines.length, 2, stderr);
    assertEquals(lines[0], "rollouts: 20 not requested");
    assertEquals(
      lines[1],
      "rollouts: not requested: the queue was drained",
    );
  },
});

Deno.test({
  ...withRedis,
  name: "coordinator and worker serve Prometheus metrics only on this machine",
  async fn() {
    await using redis = await RedisServer.start();
    await using mock = await MockOpenRouter.start({
      latencyMs: 30,
      faults: ({ seed, attempt }) =>
        seed === 0 && attempt === 1
          ? { type: "status", status: 503, retryAfter: 0 }
          : null,
    });
    await using dir = new TempDir();
    const [ofWorker, ofCoordinator] = [await freePort(), await freePort()];
    await using _ = await startWorker(redis, mock, { metricsPort: ofWorker });
    await using client = mockClient(mock, {
      transport: new QueueTransport({
        url: redis.url,
        metricsPort: ofCoordinator,
      }),
      cacheDir: dir.path,
      apiKey: undefined,
    });
    const { length } = await client.generate(PROMPT, { nSamples: 10 });
    const cost = mock.usage;
    await assertRejects(
      () => startWorker(redis, mock, { metricsPort: ofWorker }),
      QueueError,
      `cannot serve metrics on port ${ofWorker}`,
    );
    assertEquals(length, 10);
    for (
      const [port, role] of [
        [ofWorker, "worker"],
        [ofCoordinator, "coordinator"],
      ] as const
    ) {
      const answer = await fetch(`http://127.0.0.1:${port}/metrics`);
      const text = await answer.text();
      const value = (name: string, ...labels: readonly string[]) => {
        const line = text.split("\n").find((line) =>
          line.startsWith(`rollouts_${name}{`) &&
          [...labels, `role="${role}"`].every((label) => line.includes(label))
        );
        return Number(line?.split("} ")[1]);
      };
      const model = 'model="qwen/qwen3-30b-a3b"';
      assertEquals(value("requests_total"), 11);
      assertEquals(value("attempts_total", model, 'outcome="answer"'), 10);
      assertEquals(value("attempts_total", model, 'outcome="api_503"'), 1);
      assertEquals(value("attempts_in_progress"), 0);
      assert(value("tokens_total", model, 'kind="completion"') > 10);
      assertEquals(value("cost_usd_total", model).toFixed(9), cost.toFixed(9));
      assertEquals(value("latency_seconds_count", model), 10);
      if (role === "worker") {
        assertEquals(value("queue_workers"), 1);
        assertEquals(value("queue_waiting"), 0);
        assertEquals(value("in_flight_limit"), 64);
        assertEquals(value("spent_usd").toFixed(9), cost.toFixed(9));
      }
      const other = await fetch(`http://127.0.0.1:${port}/`);
      assertEquals(other.status, 404);
      await other.body?.cancel();
    }
  },
});
