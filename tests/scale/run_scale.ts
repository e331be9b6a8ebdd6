import { walkSync } from "@std/fs/walk";
import { join } from "@std/path/join";
import type { ClientOptions } from "../../mod.ts";
import { disconnectRedis } from "../../src/queue/connect_redis.ts";
import { QueueControl } from "../../src/queue/mod.ts";
import { Redis } from "../../src/queue/npm_ioredis.ts";
import { MockOpenRouter } from "../../src/testing/mod.ts";
import type { ProgramTask } from "../chaos/program.ts";
import { MODEL } from "../support/mock_client.ts";
import { RedisServer } from "../support/redis_server.ts";
import { TempDir } from "../support/temp_dir.ts";
import { until } from "../support/until.ts";
import { makeMachines } from "./machines.ts";

/** The settings of a run. */
export interface ScaleOptions {
  /** The number of workers. */
  readonly workers: number;
  /** The maximum number of requests in flight per worker. */
  readonly concurrency: number;
  /** The number of samples. */
  readonly samples: number;
  /** The latency of an answer, in milliseconds. */
  readonly latencyMs: number;
  /** The limits of the run. */
  readonly limits: Partial<ClientOptions>;
}

/** The results of a run. */
export interface ScaleFigures {
  /** The kind of machines. */
  readonly kind: string;
  /** The number of files in the cache. */
  readonly files: number;
  /** The number of answers that the mock sent. */
  readonly answered: number;
  /** Samples per second, from the first request to the last answer. */
  readonly perSecond: number;
  /** The most requests in flight, as the mock saw it. */
  readonly maxInFlight: number;
  /** The most starts in any 60 seconds, as the mock saw it. */
  readonly mostInAMinute: number;
  /** The scripts that Redis ran, per sample. */
  readonly scriptsPerSample: number;
  /** The CPU time of Redis per sample, in milliseconds. */
  readonly redisMsPerSample: number;
  /** The peak memory of Redis, in megabytes. */
  readonly redisPeakMb: number;
}

const SAMPLES_PER_PROMPT = 100;

/**
 * Samples from a mock with one coordinator and several workers, each on its own machine, through
 * Redis.
 */
export async function runScale(options: ScaleOptions): Promise<ScaleFigures> {
  const { workers, concurrency, samples, latencyMs, limits } = options;
  await using machines = await makeMachines(workers + 1);
  const { host } = machines;
  await using redis = await RedisServer.start(() => [
    ...["--bind", "127.0.0.1", host, "--protected-mode", "no"],
  ]);
  const starts: number[] = [];
  await using mock = await MockOpenRouter.start({
    hostname: host,
    latencyMs,
    keepAliveMs: null,
    logLimit: 0,
    faults: () => {
      starts.push(performance.now());
      return null;
    },
  });
  await using dir = new TempDir();
  const queue = redis.url.replace("127.0.0.1", host);
  const env = { OPENROUTER_API_KEY: "sk-scale" };
  const flags = ["--quiet", "--config=deno.json", "--lock=deno.lock", "-A"];
  const cli = ["run", ...flags, "src/cli/main.ts", "worker"];
  const children = Array.from(
    { length: workers },
    (_, i) =>
      machines.start(i + 1, [
        ...cli,
        ...["--queue", queue, "--base-url", mock.baseUrl, "--send-key"],
        ...["--concurrency", String(concurrency), "--workers", "1"],
      ], env),
  );
  try {
    await using control = await QueueControl.open(redis.url);
    await until(async () => (await control.status()).workers >= workers);
    const task: ProgramTask = {
      queue,
      client: {
        model: MODEL,
        baseUrl: mock.baseUrl,
        cacheDir: join(dir.path, "cache"),
        ...limits,
      },
      prompts: Array.from(
        { length: Math.ceil(samples / SAMPLES_PER_PROMPT) },
        (_, i) => `What is ${i}*10?`,
      ),
      nSamples: Math.min(samples, SAMPLES_PER_PROMPT),
    };
    const program = ["run", ...flags, "tests/chaos/program.ts"];
    const coordinator = machines.start(
      0,
      [...program, JSON.stringify(task)],
      env,
    );
    const { code } = await coordinator.status;
    if (code !== 0) throw new Error(`the coordinator ended with ${code}`);
    const seconds = (starts.at(-1)! - starts[0]! + latencyMs) / 1000;
    return {
      kind: machines.kind,
      files: filesIn(join(dir.path, "cache")),
      answered: mock.answered,
      perSecond: mock.answered / seconds,
      maxInFlight: mock.maxInFlight,
      mostInAMinute: mostInAMinute(starts),
      ...await redisFigures(redis, samples),
    };
  } finally {
    for (const child of children) {
      child.kill("SIGKILL");
      await child.status;
    }
  }
}

async function redisFigures(server: RedisServer, samples: number) {
  const redis = new Redis(server.url);
  const info = await redis.info("everything");
  await disconnectRedis(redis);
  const value = (name: RegExp) => Number(name.exec(info)?.[1]);
  const cpuSeconds = value(/^used_cpu_user:(.*?)\r?$/m) +
    value(/^used_cpu_sys:(.*?)\r?$/m);
  return {
    scriptsPerSample: value(/^cmdstat_evalsha:calls=(\d+)/m) / samples,
    redisMsPerSample: 1000 * cpuSeconds / samples,
    redisPeakMb: value(/^used_memory_peak:(\d+)/m) / 1e6,
  };
}

function filesIn(path: string): number {
  return [...walkSync(path, { includeDirs: false })].length;
}

/** Returns the most moments, in ms and sorted, within any 60 seconds. */
function mostInAMinute(moments: readonly number[]): number {
  let [most, first] = [0, 0];
  for (const [i, moment] of moments.entries()) {
    while (moment - moments[first]! >= 60_000) first++;
    most = Math.max(most, i - first + 1);
  }
  return most;
}
