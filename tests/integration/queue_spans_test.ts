import { assert, assertEquals } from "@std/assert";
import { join } from "@std/path/join";
import { MockOpenRouter } from "../../src/testing/mod.ts";
import type { ProgramTask } from "../chaos/program.ts";
import { MODEL } from "../support/mock_client.ts";
import { OtlpCollector } from "../support/otlp_collector.ts";
import { startWorkerProcess } from "../support/queue_worker.ts";
import { RedisServer, withRedis } from "../support/redis_server.ts";
import {
  finished,
  ROOT,
  startScript,
  USUAL_PERMISSIONS,
} from "../support/run_script.ts";
import { TempDir } from "../support/temp_dir.ts";
import { until } from "../support/until.ts";

Deno.test({
  ...withRedis,
  name: "a request and its attempt in another process are spans of one trace",
  async fn() {
    await using redis = await RedisServer.start();
    await using mock = await MockOpenRouter.start({
      faults: ({ seed, attempt }) =>
        seed === 1 && attempt === 1
          ? { type: "status", status: 503, retryAfter: 0 }
          : null,
    });
    await using collector = await OtlpCollector.start();
    await using dir = new TempDir();
    const { env } = collector;
    await using worker = startWorkerProcess(redis, mock, { env });
    const task: ProgramTask = {
      queue: redis.url,
      client: {
        model: MODEL,
        baseUrl: mock.baseUrl,
        cacheDir: dir.path,
      },
      prompts: ["a prompt that nobody shall see"],
      nSamples: 3,
    };
    const program = startScript(join(ROOT, "tests/chaos/program.ts"), {
      permissions: USUAL_PERMISSIONS,
      env,
    }, [JSON.stringify(task)]);
    const { code, stderr } = await finished(program);
    assertEquals(code, 0, stderr);
    await until(() => collector.named("rollouts.attempt").length === 4);
    worker.kill("SIGINT");
    await worker.output();
    const requests = collector.named("rollouts.request");
    const attempts = collector.named("rollouts.attempt");
    assertEquals([requests.length, attempts.length], [4, 4]);
    const byId = new Map(requests.map((span) => [span.spanId, span]));
    const parents = attempts.map(({ parentSpanId, traceId }) => {
      const parent = byId.get(parentSpanId!)!;
      assertEquals(parent.traceId, traceId);
      return parent;
    });
    assertEquals(new Set(parents).size, 4);
    for (const spans of [requests, attempts]) {
      const failed = spans.filter(({ status }) => status?.code === 2);
      assertEquals(failed.length, 1);
      assert(JSON.stringify(failed).includes("api_503"));
    }
    assert(!JSON.stringify(collector.spans).includes("nobody shall see"));
  },
});
