import { assert, assertEquals } from "@std/assert";
import { walkSync } from "@std/fs/walk";
import { join } from "@std/path/join";
import { QueueControl } from "../../src/queue/mod.ts";
import { MockOpenRouter } from "../../src/testing/mod.ts";
import type { ProgramTask } from "../chaos/program.ts";
import { killIfRunning } from "../support/kill_if_running.ts";
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
    "killing workers, coordinator, and Redis loses no sample, and repays only requests in flight",
  async fn() {
    await using redis = await RedisServer.start();
    await using mock = await MockOpenRouter.start({ latencyMs: 100 });
    await using dir = new TempDir();
    const task: ProgramTask = {
      queue: redis.url,
      client: {
        model: MODEL,
        baseUrl: mock.baseUrl,
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
    // A process that starts while Redis is down would exit with an error.
    const workers = [startOne(), startOne(), startOne()];
    {
      await using control = await QueueControl.open(redis.url);
      await until(async () => (await control.status()).workers === 3);
    }
    let coordinator = startCoordinator();
    let inFlightAtKills = 0;
    /**
     * Kills a program after a number of answers, and counts the requests in flight until it exits.
     */
    const endAt = async (answered: number, end: () => Promise<unknown>) => {
      await until(() => mock.answered >= answered && mock.inFlight > 0);
      const before = mock.answered;
      await end();
      inFlightAtKills += mock.started - before;
    };
    const kill = (child: Deno.ChildProcess) => {
      child.kill("SIGKILL");
      return child.output();
    };
    await endAt(40, () => kill(coordinator));
    coordinator = startCoordinator();
    await endAt(100, () => kill(workers.shift()!));
    await endAt(170, () => redis.stop("SIGKILL"));
    await redis.startAgain();
    const { code, stderr } = await finished(coordinator);
    assertEquals(code, 0, stderr);
    for (const worker of workers) {
      // One worker stays alive the whole time.
      killIfRunning(worker, "SIGKILL");
      const { signal, stderr } = await worker.output();
      assertEquals(signal, "SIGKILL", new TextDecoder().decode(stderr));
    }
    const all = [...walkSync(join(dir.path, "cache"), { includeDirs: false })]
      .map(({ path }) => path);
    const files = all.filter((path) => /seed_\d+\.json$/.test(path));
    assertEquals(files.length, WANTED);
    // The killed coordinator may have been writing a file.
    const others = all.filter((path) => !files.includes(path));
    assert(others.length <= 1, others.join());
    assert(others.every((path) => path.endsWith(".tmp")), others.join());
    for (const path of files) {
      assertEquals(JSON.parse(Deno.readTextFileSync(path)).version, 2);
    }
    assert(
      mock.answered - WANTED <= inFlightAtKills,
      `${mock.answered - WANTED} paid again, ${inFlightAtKills} were in flight`,
    );
    assert(mock.maxInFlight <= 24 + inFlightAtKills);
  },
});
