import type { Outcome } from "../outcome.ts";
import { serveHttp } from "../platform/deno/serve_http.ts";
import type { HttpServer } from "../platform/serve_http.ts";
import { Counter, Gauge, Histogram, Registry } from "./npm_prom_client.ts";
import { outcomeName } from "./outcome_name.ts";
import { QueueError } from "./queue_error.ts";
import type { QueueStats } from "./queue_stats.ts";
import { reasonOf } from "../util/reason_of.ts";

/** The address that serves metrics for Prometheus. */
export interface MetricsOptions {
  /** The port. Metrics are not served without one. */
  readonly metricsPort?: number;
  /**
   * The address to listen on. `0.0.0.0` opens it to other machines.
   * @default {"127.0.0.1"}
   */
  readonly metricsHost?: string;
}

/** From a quick rejection to a long chain of thought, in seconds. */
const LATENCY_BUCKETS = [0.1, 0.25, 0.5, 1, 2.5, 5, 10, 25, 50, 100, 250, 500];

/** How long a scrape waits for the stats of the queue, in milliseconds. */
const STATS_TIMEOUT_MS = 2_000;

const STATS_METRICS = {
  waiting: ["queue_waiting", "Requests that wait for a worker"],
  active: ["queue_active", "Requests that a worker has taken"],
  results: ["queue_results", "Results that wait for a coordinator"],
  workers: ["queue_workers", "Live workers"],
  capacity: ["queue_capacity", "Requests that the workers can have in flight"],
  inFlight: ["in_flight", "Requests in flight, of all workers"],
  limit: ["in_flight_limit", "Limit of requests in flight, of all workers"],
  spentUsd: ["spent_usd", "Cost of the queue's requests, in US dollars"],
} as const satisfies Partial<
  Record<keyof QueueStats, readonly [name: string, help: string]>
>;

/** Metrics of one process and of the queue, for Prometheus. */
export class QueueMetrics {
  readonly #registry = new Registry();
  readonly #readStats: () => Promise<QueueStats>;
  readonly #started = new Counter(
    this.#metric("requests_total", "Requests started"),
  );
  readonly #attempts = new Counter(
    this.#metric("attempts_total", "Requests finished", "model", "outcome"),
  );
  readonly #tokens = new Counter(
    this.#metric("tokens_total", "Tokens of answers", "model", "kind"),
  );
  readonly #cost = new Counter(
    this.#metric("cost_usd_total", "Cost of answers, in US dollars", "model"),
  );
  readonly #latency = new Histogram({
    ...this.#metric("latency_seconds", "Time to the whole answer", "model"),
    buckets: LATENCY_BUCKETS,
  });
  readonly #inProgress = new Gauge(
    this.#metric("attempts_in_progress", "Requests of this process"),
  );
  readonly #stats = Object.entries(STATS_METRICS).map((
    [field, [name, help]],
  ) =>
    [field as keyof QueueStats, new Gauge(this.#metric(name, help))] as const
  );

  constructor(
    role: "coordinator" | "worker",
    readStats: () => Promise<QueueStats>,
  ) {
    this.#readStats = readStats;
    this.#registry.setDefaultLabels({ role });
  }

  /** Counts a request as in progress until it is disposed of. */
  requestStarted(): Disposable {
    this.#started.inc();
    this.#inProgress.inc();
    return { [Symbol.dispose]: () => this.#inProgress.dec() };
  }

  requestFinished(model: string, outcome: Outcome): void {
    this.#attempts.inc({ model, outcome: outcomeName(outcome) });
    if (outcome.type === "failure") return;
    const { usage, latencyMs } = outcome.response;
    this.#tokens.inc({ model, kind: "prompt" }, usage.promptTokens ?? 0);
    this.#tokens.inc(
      { model, kind: "completion" },
      usage.completionTokens ?? 0,
    );
    this.#cost.inc({ model }, usage.cost ?? 0);
    if (latencyMs !== null) this.#latency.observe({ model }, latencyMs / 1000);
  }

  /**
   * Serves the metrics at `/metrics`, without keeping the process alive. Returns `null` if no port is given.
   *
   * @throws {QueueError} If the port cannot be used.
   */
  async serve(
    { metricsPort, metricsHost }: MetricsOptions,
  ): Promise<HttpServer | null> {
    if (metricsPort === undefined) return null;
    const options = {
      port: metricsPort,
      hostname: metricsHost,
      keepsAlive: false,
    };
    try {
      return await serveHttp((request) => this.#answer(request), options);
    } catch (cause) {
      throw new QueueError(
        `cannot serve metrics on port ${metricsPort}: ${
          reasonOf(cause)
        }; choose another metricsPort`,
        { cause },
      );
    }
  }

  async #answer({ url }: Request): Promise<Response> {
    if (new URL(url).pathname !== "/metrics") {
      return new Response("metrics are at /metrics\n", { status: 404 });
    }
    const stats = await this.#statsInTime();
    for (const [field, gauge] of this.#stats) {
      if (stats === null) gauge.reset();
      else gauge.set(Number(stats[field]));
    }
    const headers = { "Content-Type": this.#registry.contentType };
    return new Response(await this.#registry.metrics(), { headers });
  }

  /** Returns the stats of the queue, or `null` if Redis does not answer in time. */
  async #statsInTime(): Promise<QueueStats | null> {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const timeout = new Promise<null>((resolve) => {
      timer = setTimeout(() => resolve(null), STATS_TIMEOUT_MS);
    });
    try {
      return await Promise.race([this.#readStats(), timeout]);
    } catch {
      return null;
    } finally {
      clearTimeout(timer);
    }
  }

  #metric(name: string, help: string, ...labelNames: string[]) {
    const registers = [this.#registry];
    return { name: `rollouts_${name}`, help, labelNames, registers };
  }
}
