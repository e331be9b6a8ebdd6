import type { Outcome } from "../outcome.ts";
import { Counter, Gauge, Histogram, Registry } from "./npm_prom_client.ts";
import { outcomeName } from "./outcome_name.ts";
import type { QueueStats } from "./queue_stats.ts";

/** From a quick rejection to a long chain of thought, in seconds. */
const LATENCY_BUCKETS = [0.1, 0.25, 0.5, 1, 2.5, 5, 10, 25, 50, 100, 250, 500];

/** How long a scrape waits for the stats of the queue, in milliseconds. */
const STATS_TIMEOUT_MS = 2_000;

/** The metrics that show the stats of the queue. */
const STATS_METRICS = {
  queue_waiting: ["waiting", "Requests that wait for a worker"],
  queue_active: ["active", "Requests that a worker has taken"],
  queue_results: ["results", "Results that wait for a coordinator"],
  queue_workers: ["workers", "Live workers"],
  queue_capacity: ["capacity", "Requests that the workers can have in flight"],
  in_flight: ["inFlight", "Requests in flight, of all workers"],
  in_flight_limit: ["limit", "Limit of requests in flight, of all workers"],
  spent_usd: ["spentUsd", "Cost of the queue's requests, in US dollars"],
} as const satisfies Record<string, readonly [keyof QueueStats, string]>;

/** Metrics of one process and of the queue, for Prometheus. */
export class QueueMetrics {
  readonly #registry = new Registry();
  readonly #readStats: () => Promise<QueueStats>;
  readonly #started: Counter;
  readonly #attempts: Counter;
  readonly #tokens: Counter;
  readonly #cost: Counter;
  readonly #latency: Histogram;
  readonly #inProgress: Gauge;
  readonly #statsGauges: ReadonlyMap<keyof QueueStats, Gauge>;

  constructor(
    role: "coordinator" | "worker",
    readStats: () => Promise<QueueStats>,
  ) {
    this.#readStats = readStats;
    const registers = [this.#registry];
    this.#registry.setDefaultLabels({ role });
    const metric = (
      name: string,
      help: string,
      labelNames: string[] = [],
    ) => ({ name: `rollouts_${name}`, help, labelNames, registers });
    this.#started = new Counter(metric("requests_total", "Requests started"));
    this.#attempts = new Counter(
      metric("attempts_total", "Requests finished, by outcome", [
        "model",
        "outcome",
      ]),
    );
    this.#tokens = new Counter(
      metric("tokens_total", "Tokens of answers", ["model", "kind"]),
    );
    this.#cost = new Counter(
      metric("cost_usd_total", "Cost of answers, in US dollars", ["model"]),
    );
    this.#latency = new Histogram({
      ...metric("latency_seconds", "Time from a request to its whole answer", [
        "model",
      ]),
      buckets: LATENCY_BUCKETS,
    });
    this.#inProgress = new Gauge(
      metric("attempts_in_progress", "Requests of this process in progress"),
    );
    this.#statsGauges = new Map(
      Object.entries(STATS_METRICS).map(([name, [field, help]]) => [
        field,
        new Gauge(metric(name, help)),
      ]),
    );
  }

  /** The content type of {@linkcode QueueMetrics.text}. */
  get contentType(): string {
    return this.#registry.contentType;
  }

  /** Counts a request as in progress until it is disposed of. */
  requestStarted(): Disposable {
    this.#started.inc();
    this.#inProgress.inc();
    return { [Symbol.dispose]: () => this.#inProgress.dec() };
  }

  /** Counts an outcome. */
  requestFinished(model: string, outcome: Outcome): void {
    this.#attempts.inc({ model, outcome: outcomeName(outcome) });
    if (outcome.type === "failure") return;
    const { usage, latencyMs } = outcome.response;
    this.#tokens.inc({ model, kind: "prompt" }, usage.promptTokens);
    this.#tokens.inc({ model, kind: "completion" }, usage.completionTokens);
    this.#cost.inc({ model }, usage.cost ?? 0);
    if (latencyMs !== null) this.#latency.observe({ model }, latencyMs / 1000);
  }

  /** Returns all metrics in the text format of Prometheus. */
  async text(): Promise<string> {
    const stats = await this.#statsInTime();
    for (const [field, gauge] of this.#statsGauges) {
      if (stats === null) gauge.reset();
      else gauge.set(Number(stats[field]));
    }
    return await this.#registry.metrics();
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
}
