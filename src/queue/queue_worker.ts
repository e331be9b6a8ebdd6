import type { Logger } from "../logger.ts";
import type { Outcome } from "../outcome.ts";
import { sampleApiKey } from "../catalog/require_api_key.ts";
import { system } from "../platform/deno/system.ts";
import { stderrLogger } from "../platform/stderr_logger.ts";
import { resolveBaseUrl } from "../request/resolve_base_url.ts";
import { WorkerPoolTransport } from "../transport/worker_pool_transport.ts";
import { systemClock } from "../util/clock.ts";
import { LightAbortController } from "../util/light_abort_controller.ts";
import { checkJob } from "./check_job.ts";
import { checkQueueOptions } from "./check_queue_options.ts";
import { connectRedis, disconnectRedis } from "./connect_redis.ts";
import { digest } from "./digest.ts";
import { DistributedLimiter } from "./distributed_limiter.ts";
import { JobRunner } from "./job_runner.ts";
import { KeySeal } from "./key_seal.ts";
import {
  type Job,
  UnrecoverableError,
  WaitingError,
  Worker,
} from "./npm_bullmq.ts";
import type { Redis } from "./npm_ioredis.ts";
import { JOBS, PREFIX } from "./queue_keys.ts";
import { QueueMetrics } from "./queue_metrics.ts";
import { readQueueStats } from "./queue_stats.ts";
import type { RequestJob } from "./request_job.ts";
import { startRequestSpan } from "./request_span.ts";
import type { QueueWorkerOptions } from "./queue_worker_options.ts";

/** How often a job can lose its worker before it fails. */
const MAX_STALLED = 10;

/**
 * Takes requests from a queue, sends them from the same worker threads as a client, and returns the outcomes. It
 * uses the key in `OPENROUTER_API_KEY`, or the encrypted one that comes with a request, and sends it only to its
 * own base URL. Only OpenRouter is known to need a key.
 *
 * @example
 * ```ts ignore
 * import { QueueWorker } from "@rollouts/client/queue";
 *
 * const worker = await QueueWorker.start({ queue: "redis://127.0.0.1" });
 * Deno.addSignalListener("SIGINT", () => worker.stop());
 * await worker.done;
 * ```
 */
export class QueueWorker implements AsyncDisposable {
  readonly #abort = new LightAbortController();
  readonly #stop = new LightAbortController();
  #resolveDone: () => void = () => {};
  #end: () => Promise<void> = () => Promise.resolve();
  /** The worker's name, with a random suffix. */
  readonly name: string;
  /** Resolves when the worker has ended. */
  readonly done: Promise<void> = new Promise((resolve) =>
    this.#resolveDone = resolve
  );

  private constructor(name: string) {
    this.name = `${name}-${crypto.randomUUID().slice(0, 8)}`;
  }

  /**
   * Starts a worker.
   *
   * @throws {TypeError} If an option is invalid.
   * @throws {QueueError} If the Redis server cannot be used.
   */
  static async start(options: QueueWorkerOptions): Promise<QueueWorker> {
    checkQueueOptions(options);
    const { queue: url, name = "worker", logger = stderrLogger } = options;
    const worker = new QueueWorker(name);
    const warn = (message: string) => logger.warn(message);
    const redis = await connectRedis({ url, warn });
    try {
      await worker.#start(redis, { ...options, logger });
    } catch (error) {
      await disconnectRedis(redis);
      throw error;
    }
    return worker;
  }

  /** Takes no more requests, returns those not sent to the queue, and ends when those in flight have finished. */
  async stop(): Promise<void> {
    this.#stop.abort(new Error("the worker was stopped"));
    await this.#end();
  }

  /** Ends at once. Requests in flight may be billed, and another worker sends them again. */
  async close(): Promise<void> {
    this.#abort.abort(new Error("the worker was closed"));
    await this.stop();
  }

  /** Calls {@linkcode QueueWorker.close}, for `await using`. */
  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }

  async #start(
    redis: Redis,
    { concurrency = 64, leaseMs = 15_000, ...options }:
      & QueueWorkerOptions
      & Required<Pick<QueueWorkerOptions, "logger">>,
  ): Promise<void> {
    const secret = system.readEnv("ROLLOUTS_QUEUE_SECRET");
    const baseUrl = resolveBaseUrl(options.baseUrl);
    const seal = secret === undefined ? null : new KeySeal(secret);
    const metrics = new QueueMetrics("worker", () => readQueueStats(redis));
    const server = await metrics.serve(options);
    const limiter = new DistributedLimiter({
      redis,
      worker: this.name,
      leaseMs,
      clock: systemClock,
    });
    const transport = new WorkerPoolTransport({ size: options.workers });
    const { apiKey, sendKeyTo } = options;
    const keySettings = { apiKey, baseUrl, keyBaseUrl: baseUrl, sendKeyTo };
    const runner = new JobRunner({
      baseUrl,
      apiKey: () => sampleApiKey(keySettings),
      seal,
      limiter,
      transport,
    });
    await limiter.heartbeat(concurrency);
    const heartbeat = setInterval(
      // `connectRedis` reports that Redis is unreachable.
      () => limiter.heartbeat(concurrency).catch(() => {}),
      leaseMs / 3,
    );
    const jobs = new Worker<RequestJob, Outcome>(
      JOBS,
      (job, token) =>
        this.#run(job, token, { runner, metrics, logger: options.logger }),
      {
        connection: redis,
        prefix: PREFIX,
        name: digest(this.name),
        concurrency,
        lockDuration: leaseMs,
        stalledInterval: leaseMs / 2,
        maxStalledCount: MAX_STALLED,
      },
    );
    jobs.on("error", (error) => {
      if (!isConnectionError(error)) options.logger.warn(error.message);
    });
    let ending: Promise<void> | null = null;
    this.#end = () =>
      ending ??= (async () => {
        await jobs.close();
        clearInterval(heartbeat);
        transport.close();
        // If Redis is unreachable, the lease expires.
        if (redis.status === "ready") await limiter.deregister();
        await server?.close();
        await disconnectRedis(redis);
        this.#resolveDone();
      })();
  }

  async #run(
    job: Job<RequestJob>,
    token: string | undefined,
    { runner, metrics, logger }: {
      readonly logger: Pick<Logger, "warn">;
      readonly runner: JobRunner;
      readonly metrics: QueueMetrics;
    },
  ): Promise<Outcome> {
    try {
      checkJob(job.data);
    } catch (error) {
      const { message } = error as Error;
      logger.warn(`job ${job.id} is not a request: ${message}`);
      // It stays in Redis as a failed job, which no worker takes again.
      throw new UnrecoverableError(message);
    }
    const { model, seed, trace: parent } = job.data;
    using span = startRequestSpan("rollouts.attempt", { model, seed, parent });
    using _ = metrics.requestStarted();
    try {
      const signals = { stop: this.#stop, abort: this.#abort };
      const outcome = await runner.run(job.id!, job.data, signals);
      metrics.requestFinished(model, outcome);
      span.setOutcome(outcome);
      return outcome;
    } catch (error) {
      if (!this.#stop.aborted) throw error;
      // Another worker takes it.
      await job.moveToWait(token);
      throw new WaitingError();
    }
  }
}

/** Returns whether `connectRedis` reports an error. */
function isConnectionError(error: Error): boolean {
  return /ECONN|ETIMEDOUT|EPIPE|Connection is closed|LOADING/i.test(
    `${(error as { code?: string }).code} ${error.message}`,
  );
}
