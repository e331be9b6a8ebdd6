import { assert, assertEquals } from "@std/assert";
import { walkSync } from "@std/fs/walk";
import { join } from "@std/path/join";
import { MockOpenRouter } from "../../src/testing/mod.ts";
import type { ProgramTask } from "../chaos/program.ts";
import { MODEL } from "../support/mock_client.ts";
import { startWorkerProcess, WORKER_KEY } from "../support/queue_worker.ts";
import { RedisServer, withRedis } from "../support/redis_server.ts";
import {
  finished,
  ROOT,
  startScript,
  USUAL_PERMISSIONS,
} from "../support/run_script.ts";
import { TempDir } from "../support/temp_dir.ts";
import { until } from "../support/until.ts";

const WANTED = 300;

Deno.test({
  ...withRedis,
  name:
    "workers and coordinator killed, and Redis killed and started again with its append-only file: every sample is there once, and none is paid again but those in flight at the kills",
  async fn() {
    await using redis = await RedisServer.start();
    await using mock = await MockOpenRouter.start({ latencyMs: 100 });
    await using dir = new TempDir();
    const task: ProgramTask = {
      client: {
        model: MODEL,
        baseUrl: mock.baseUrl,
        queue: redis.url,
        cacheDir: join(dir.path, "cache"),
        maxConcurrency: 24,
      },
      prompts: ["What is 5*10?", "What is 6*10?", "What is 7*10?"],
      nSamples: WANTED / 3,
    };
    const startCoordinator = () =>
      startScript(join(ROOT, "tests/chaos/program.ts"), {
        permissions: USUAL_PERMISSIONS,
        env: { OPENROUTER_API_KEY: WORKER_KEY },
      }, [JSON.stringify(task)]);
    const startOne = () =>
      startWorkerProcess(redis, mock, { args: ["--lease-ms", "3000"] });
    const workers = [startOne(), startOne()];
    let coordinator = startCoordinator();
    let inFlightAtKills = 0;
    const at = async (answered: number) => {
      await until(() => mock.answered >= answered && mock.inFlight > 0);
      inFlightAtKills += mock.inFlight;
    };
    await at(40);
    coordinator.kill("SIGKILL");
    await coordinator.output();
    coordinator = startCoordinator();
    await at(100);
    const victim = workers.shift()!;
    victim.kill("SIGKILL");
    await victim.output();
    workers.push(startOne());
    await at(170);
    await redis.stop("SIGKILL");
    await redis.startAgain();
    const { code, stderr } = await finished(coordinator);
    assertEquals(code, 0, stderr);
    for (const worker of workers) {
      worker.kill("SIGKILL");
      await worker.output();
    }
    const files = [...walkSync(join(dir.path, "cache"), { includeDirs: false })]
      .map(({ path }) => path);
    assertEquals(files.length, WANTED);
    for (const path of files) {
      assertEquals(JSON.parse(Deno.readTextFileSync(path)).version, 1);
    }
    assert(
      mock.answered - WANTED <= inFlightAtKills,
      `${mock.answered - WANTED} paid again, ${inFlightAtKills} were in flight`,
    );
    assert(mock.maxInFlight <= 24 + inFlightAtKills);
  },
});
