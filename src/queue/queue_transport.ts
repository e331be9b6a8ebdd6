import type { Limiter } from "../limiter.ts";
import type { Logger } from "../logger.ts";
import type { Outcome } from "../outcome.ts";
import { system } from "../platform/deno/system.ts";
import type { HttpServer } from "../platform/serve_http.ts";
import { stderrLogger } from "../platform/stderr_logger.ts";
import type { PreparedRequest } from "../prepared_request.ts";
import type { SampleLock } from "../sample_lock.ts";
import type { SendOptions, SharedLimits, Transport } from "../transport.ts";
import { checkQueueOptions } from "./check_queue_options.ts";
import { getOrCreate } from "../util/get_or_create.ts";
import { UseCounter } from "../util/use_counter.ts";
import { KeySeal } from "./key_seal.ts";
import { QueueConnection, unsentOutcome } from "./queue_connection.ts";
import { QueueError } from "./queue_error.ts";
import { type MetricsOptions, QueueMetrics } from "./queue_metrics.ts";
import { jobId } from "./request_job.ts";
import { startRequestSpan } from "./request_span.ts";
import { SubmissionLimiter } from "./submission_limiter.ts";

/** Options of {@linkcode QueueTransport}. */
export interface QueueTransportOptions extends MetricsOptions {
  /** The URL of the queue's Redis server: `redis://…` or, with TLS, `rediss://…`. */
  readonly url: string;
  /** Receives warnings, each once. By default they go to stderr. */
  readonly logger?: Pick<Logger, "warn">;
}

/** How long an unused connection stays open, in milliseconds. It keeps the process alive. */
const IDLE_MS = 100;

/**
 * Sends the requests of a client through a queue to workers on other machines, under limits and a budget that
 * all workers and clients of the queue share. Each client needs its own transport.
 *
 * Of the headers only the API key is passed on, encrypted, and only if `ROLLOUTS_QUEUE_SECRET` is set.
 * Otherwise workers use their own key.
 *
 * @example
 * ```ts ignore
 * import { RolloutsClient } from "@rollouts/client";
 * import { QueueTransport } from "@rollouts/client/queue";
 *
 * const client = new RolloutsClient({
 *   model: "qwen/qwen3-30b-a3b",
 *   transport: new QueueTransport({ url: "redis://127.0.0.1" }),
 * });
 * ```
 */
export class QueueTransport implements Transport {
  readonly #options: QueueTransportOptions;
  readonly #seal: KeySeal | null;
  readonly #metrics: QueueMetrics;
  readonly #warned = new Set<string>();
  /** By `maxConcurrency`. */
  readonly #limiters = new Map<number | undefined, SubmissionLimiter>();
  #server: Promise<HttpServer | null> | undefined;
  #connecting: Promise<QueueConnection> | null = null;
  #connection: QueueConnection | null = null;
  #capacity = 0;
  /** Requests, locks and commands that need the connection. */
  readonly #uses = new UseCounter(() => this.#startIdling());
  #idleTimer: ReturnType<typeof setTimeout> | undefined;
  /** The outcome of all requests from now on: the client was stopped, or the queue drained. */
  #stopped: Outcome | null = null;
  #isClosed = false;
  /** The limits and locks, which are kept in Redis. */
  readonly sharedLimits: SharedLimits = {
    limiter: (maxConcurrency) => this.#limiter(maxConcurrency),
    lock: (sampleId) => this.#lock(sampleId),
  };

  /**
   * Creates a transport. It connects when the first sample is requested.
   *
   * @throws {TypeError} If an option is invalid.
   * @throws {QueueError} If `ROLLOUTS_QUEUE_SECRET` is too short.
   */
  constructor(options: QueueTransportOptions) {
    const { url, metricsPort } = options;
    checkQueueOptions({ queue: url, metricsPort });
    this.#options = options;
    const secret = system.readEnv("ROLLOUTS_QUEUE_SECRET");
    this.#seal = secret === undefined ? null : new KeySeal(secret);
    this.#metrics = new QueueMetrics("coordinator", async () => {
      if (this.#connection === null) throw new QueueError("not connected");
      return await this.#connection.stats();
    });
  }

  /**
   * Sends a request through the queue.
   *
   * @throws {QueueError} If the Redis server cannot be used.
   * @throws The signal's reason, if it is aborted.
   */
  async send(
    request: PreparedRequest,
    { signal }: SendOptions,
  ): Promise<Outcome> {
    const { headers, ...rest } = request;
    const id = jobId(request.sampleId);
    const sealedKey = await this.#sealKey(headers, [request.url, id]);
    return await this.#use(async ({ pending }) => {
      if (this.#stopped !== null) return this.#stopped;
      using span = startRequestSpan("rollouts.request", request);
      using _ = this.#metrics.requestStarted();
      const job = { ...rest, sealedKey, trace: span.carrier };
      const outcome = await pending.run(id, job, signal);
      span.setOutcome(outcome);
      this.#metrics.requestFinished(request.model, outcome);
      if (request.sampleId === null) await pending.remove(id);
      return outcome;
    });
  }

  /** Withdraws the requests that no worker has started. */
  stop(): void {
    this.#stop(unsentOutcome("the client was stopped"));
  }

  /** Closes the connection. Requests in flight fail; their answers stay in the queue. */
  async close(): Promise<void> {
    this.#isClosed = true;
    // A server that could not start was reported.
    const server = await this.#server?.catch(() => null);
    await Promise.all([server?.close(), this.#disconnect()]);
  }

  async #limiter(maxConcurrency: number | undefined): Promise<Limiter> {
    await (this.#server ??= this.#metrics.serve(this.#options));
    await this.#use(() => Promise.resolve());
    return getOrCreate(this.#limiters, maxConcurrency, () => {
      const limiter = new SubmissionLimiter(maxConcurrency);
      limiter.setCapacity(this.#capacity);
      return limiter;
    });
  }

  /**
   * Everyone acquires a lock, since all requests for a sample share one job. Holding it keeps the job's result
   * until this client has stored it. The connection stays open until the lock is disposed of, also between
   * attempts: a drained queue must be noticed.
   */
  #lock(sampleId: string): SampleLock {
    const id = jobId(sampleId);
    let isHeld = false;
    const release = async () => {
      if (!isHeld) return;
      isHeld = false;
      try {
        await this.#use((connection) => connection.unsubscribe(id));
      } catch {
        // Closed. The job, if it still exists, waits for the next request for the sample.
      }
    };
    const use = this.#uses.use();
    return {
      peek: () => "free",
      acquire: async () => {
        isHeld = true;
        await this.#use((connection) => connection.subscribe(id));
        return "acquired" as const;
      },
      release,
      [Symbol.dispose]: () => {
        release().finally(() => use[Symbol.dispose]());
      },
    };
  }

  /** Returns the sealed API key, or `null` if workers use their own. */
  async #sealKey(
    headers: PreparedRequest["headers"],
    place: readonly string[],
  ): Promise<string | null> {
    const apiKey = headers.Authorization?.replace(/^Bearer /, "") ?? "";
    if (apiKey === "") return null;
    if (this.#seal !== null) return await this.#seal.seal(apiKey, place);
    if (apiKey !== system.readEnv("OPENROUTER_API_KEY")) {
      this.#warn(
        "apiKey is not sent to the queue: its workers use their own OPENROUTER_API_KEY, " +
          "unless ROLLOUTS_QUEUE_SECRET is set here and for the workers",
      );
    }
    return null;
  }

  #warn(message: string): void {
    if (this.#warned.has(message)) return;
    this.#warned.add(message);
    (this.#options.logger ?? stderrLogger).warn(message);
  }

  #stop(outcome: Outcome): void {
    this.#stopped ??= outcome;
    this.#connection?.pending.withdrawAll(outcome).catch(() => {});
  }

  /** Runs an action with a connection, which stays open for that time. */
  async #use<T>(
    action: (connection: QueueConnection) => Promise<T>,
  ): Promise<T> {
    using _ = this.#uses.use();
    if (this.#isClosed) throw new QueueError("the client is closed");
    clearTimeout(this.#idleTimer);
    return await action(await (this.#connecting ??= this.#connect()));
  }

  async #connect(): Promise<QueueConnection> {
    try {
      const connection = await QueueConnection.open({
        url: this.#options.url,
        warn: (message) => this.#warn(message),
        onStats: ({ capacity }) => {
          this.#capacity = capacity;
          for (const limiter of this.#limiters.values()) {
            limiter.setCapacity(capacity);
          }
        },
        onDrained: (outcome) => this.#stop(outcome),
      });
      this.#connection = connection;
      if (this.#isClosed) await this.#disconnect();
      return connection;
    } catch (error) {
      this.#connecting = null;
      throw error;
    }
  }

  /** Closes the connection when nothing has needed it for a while. */
  #startIdling(): void {
    if (this.#isClosed) return;
    clearTimeout(this.#idleTimer);
    this.#idleTimer = setTimeout(() => this.#disconnect(), IDLE_MS);
  }

  async #disconnect(): Promise<void> {
    clearTimeout(this.#idleTimer);
    const connection = this.#connection;
    this.#connection = null;
    this.#connecting = null;
    await connection?.close();
  }
}
