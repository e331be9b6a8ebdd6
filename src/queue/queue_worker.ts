import { type Job, WaitingError, Worker } from "./npm_bullmq.ts";
import type { Redis } from "./npm_ioredis.ts";
import { systemClock } from "../util/clock.ts";
import type { Outcome } from "../outcome.ts";
import { LightAbortController } from "../util/light_abort_controller.ts";
import { WorkerPool } from "../transport/worker_pool.ts";
import { findBaseUrl } from "../request/find_base_url.ts";
import { system } from "../platform/deno/system.ts";
import { spawnWorker } from "../platform/deno/spawn_worker.ts";
import type { AttemptJob } from "./attempt_job.ts";
import { AttemptRunner } from "./attempt_runner.ts";
import { connectRedis } from "./connect_redis.ts";
import { disconnectRedis } from "./disconnect_redis.ts";
import { digest } from "./digest.ts";
import { Gate } from "./gate.ts";
import { KeySeal } from "./key_seal.ts";
import { checkedOptions, type QueueWorkerOptions } from "./worker_options.ts";
import { serveMetrics } from "./serve_metrics.ts";
import { QueueMetrics } from "./queue_metrics.ts";
import { ATTEMPTS, PREFIX } from "./queue_keys.ts";
import { attemptSpan } from "./spans.ts";
import { takeSurvey } from "./survey.ts";

/** How often a job may lose its worker before it counts as failed. */
const MAX_STALLED = 10;

/**
 * A worker of a queue: takes attempts, sends them by the same worker threads as a client does, and
 * puts back what came of them. Its key is that in `OPENROUTER_API_KEY`, or one that comes sealed with the job,
 * and goes to no address but its own.
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
  readonly #cancel = new LightAbortController();
  readonly #stop = new LightAbortController();
  readonly #ended: Promise<void>;
  #tellEnd: () => void = () => {};
  /** Its name, which no other has. */
  readonly name: string;
  #close: () => Promise<void> = () => Promise.resolve();

  private constructor(name: string) {
    this.name = `${name}-${crypto.randomUUID().slice(0, 8)}`;
    this.#ended = new Promise((resolve) => this.#tellEnd = resolve);
  }

  /** Resolves when it has ended. */
  get done(): Promise<void> {
    return this.#ended;
  }

  /**
   * Starts one.
   *
   * @param options Where the queue is, and how much it takes at once.
   * @throws {TypeError} Where an option is wrong.
   * @throws {QueueError} Where Redis cannot be used.
   */
  static async start(options: QueueWorkerOptions): Promise<QueueWorker> {
    const settings = checkedOptions(options);
    const worker = new QueueWorker(settings.name);
    const { queue: url, warn } = settings;
    const redis = await connectRedis({ url, warn });
    try {
      await worker.#run(redis, settings);
    } catch (error) {
      await disconnectRedis(redis);
      throw error;
    }
    return worker;
  }

  /** Takes no more, gives back what has not been sent, and ends when what is under way, and is paid, has ended. */
  async stop(): Promise<void> {
    this.#stop.abort(new Error("the worker was stopped"));
    await this.#close();
  }

  /** Ends at once. What is under way is paid, and made again by another worker. */
  async close(): Promise<void> {
    this.#cancel.abort(new Error("the worker was closed"));
    await this.stop();
  }

  /** The same as {@linkcode QueueWorker.close}, for `await using`. */
  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }

  async #run(
    redis: Redis,
    settings: ReturnType<typeof checkedOptions>,
  ): Promise<void> {
    const { concurrency, leaseMs, warn } = settings;
    const secret = system.readEnv("ROLLOUTS_QUEUE_SECRET");
    const baseUrl = findBaseUrl(settings.baseUrl).replace(/\/+$/, "");
    const seal = secret === undefined ? null : new KeySeal(secret);
    const metrics = new QueueMetrics("worker", () => takeSurvey(redis));
    const server = await serveMetrics(metrics, settings);
    const gate = new Gate({
      redis,
      process: this.name,
      leaseMs,
      clock: systemClock,
    });
    const pool = new WorkerPool({
      size: settings.workers ?? Math.min(4, system.cpuCount()),
      spawn: (events) => spawnWorker(events),
    });
    const runner = new AttemptRunner({
      baseUrl,
      apiKey: settings.apiKey ?? system.readEnv("OPENROUTER_API_KEY"),
      seal,
      gate,
      send: (request, signal) => pool.send(request, signal),
    });
    await gate.attend(concurrency);
    const beat = setInterval(
      // Where Redis is away, that is told already.
      () => gate.attend(concurrency).catch(() => {}),
      leaseMs / 3,
    );
    const taker = new Worker<AttemptJob, Outcome>(
      ATTEMPTS,
      (job, token) => this.#attempt(job, token, { runner, metrics }),
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
    taker.on("error", (error) => {
      if (!isConnectionError(error)) warn(error.message);
    });
    let ending: Promise<void> | null = null;
    this.#close = () =>
      ending ??= (async () => {
        await taker.close();
        clearInterval(beat);
        pool.close();
        // Where Redis is away, it finds out by itself.
        if (redis.status === "ready") await gate.retire();
        await server?.close();
        await disconnectRedis(redis);
        this.#tellEnd();
      })();
  }

  async #attempt(
    job: Job<AttemptJob>,
    token: string | undefined,
    { runner, metrics }: {
      readonly runner: AttemptRunner;
      readonly metrics: QueueMetrics;
    },
  ): Promise<Outcome> {
    const stops = { stop: this.#stop, cancel: this.#cancel };
    using span = attemptSpan(job.data);
    using _ = metrics.attemptStarted();
    try {
      const outcome = await runner.run(job.id!, job.data, stops);
      metrics.attemptEnded(job.data.model, outcome);
      span.end(outcome);
      return outcome;
    } catch (error) {
      if (!this.#stop.aborted) throw error;
      // Another worker takes it.
      await job.moveToWait(token);
      throw new WaitingError();
    }
  }
}

/** Those are told by the connection itself. */
function isConnectionError(error: Error): boolean {
  return /ECONN|ETIMEDOUT|EPIPE|Connection is closed|LOADING/i.test(
    `${(error as { code?: string }).code} ${error.message}`,
  );
}
