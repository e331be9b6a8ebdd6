import { Counter, Gauge, Histogram, Registry } from "./npm_prom_client.ts";
import type { Outcome } from "../outcome.ts";
import { outcomeName } from "./outcome_name.ts";
import type { Survey } from "./survey.ts";

/** Who measures. */
export type MetricsRole = "coordinator" | "worker";

/** From a quick refusal to a long chain of thought, in seconds. */
const LATENCIES = [0.1, 0.25, 0.5, 1, 2.5, 5, 10, 25, 50, 100, 250, 500];

/** How long Redis may take to tell what there is, in milliseconds: who scrapes does not wait for one that is away. */
const SURVEY_MS = 2_000;

/** What of a survey is shown, by the name of its metric. */
const SURVEYED = {
  queue_waiting: ["waiting", "Attempts that wait for a worker"],
  queue_active: ["active", "Attempts that a worker has"],
  queue_results: ["results", "Results that wait for a coordinator"],
  queue_workers: ["workers", "Workers that are alive"],
  queue_places: ["places", "Requests that the workers can have in flight"],
  in_flight: ["inFlight", "Requests in flight, of all workers"],
  in_flight_limit: ["limit", "Requests that may be in flight, of all workers"],
  spent_usd: ["spentUsd", "What the queue's requests have cost, in US dollars"],
} as const satisfies Record<string, readonly [keyof Survey, string]>;

/** What a process of a queue has done, and what there is in the queue, in Prometheus' words. */
export class QueueMetrics {
  readonly #registry = new Registry();
  readonly #survey: () => Promise<Survey>;
  readonly #started: Counter;
  readonly #attempts: Counter;
  readonly #tokens: Counter;
  readonly #cost: Counter;
  readonly #latency: Histogram;
  readonly #underWay: Gauge;
  readonly #surveyed: ReadonlyMap<keyof Survey, Gauge>;

  /** Makes it; nothing is counted yet. */
  constructor(role: MetricsRole, survey: () => Promise<Survey>) {
    this.#survey = survey;
    const registers = [this.#registry];
    this.#registry.setDefaultLabels({ role });
    const of = (name: string, help: string, labelNames: string[] = []) => ({
      name: `rollouts_${name}`,
      help,
      labelNames,
      registers,
    });
    this.#started = new Counter(of("requests_total", "Attempts begun"));
    this.#attempts = new Counter(
      of("attempts_total", "Attempts ended, by what they came to", [
        "model",
        "outcome",
      ]),
    );
    this.#tokens = new Counter(
      of("tokens_total", "Tokens of answers", ["model", "kind"]),
    );
    this.#cost = new Counter(
      of("cost_usd_total", "What answers have cost, in US dollars", ["model"]),
    );
    this.#latency = new Histogram({
      ...of("latency_seconds", "Time from a request to its whole answer", [
        "model",
      ]),
      buckets: LATENCIES,
    });
    this.#underWay = new Gauge(
      of("attempts_under_way", "Attempts of this process that have not ended"),
    );
    this.#surveyed = new Map(
      Object.entries(SURVEYED).map(([name, [field, help]]) => [
        field,
        new Gauge(of(name, help)),
      ]),
    );
  }

  /** The type of the text. */
  get contentType(): string {
    return this.#registry.contentType;
  }

  /** Counts an attempt as under way until it is disposed of. */
  attemptStarted(): Disposable {
    this.#started.inc();
    this.#underWay.inc();
    return { [Symbol.dispose]: () => this.#underWay.dec() };
  }

  /** Counts what an attempt came to. */
  attemptEnded(model: string, outcome: Outcome): void {
    this.#attempts.inc({ model, outcome: outcomeName(outcome) });
    if (outcome.type === "failure") return;
    const { usage, latencyMs } = outcome.response;
    this.#tokens.inc({ model, kind: "prompt" }, usage.promptTokens);
    this.#tokens.inc({ model, kind: "completion" }, usage.completionTokens);
    this.#cost.inc({ model }, usage.cost ?? 0);
    if (latencyMs !== null) this.#latency.observe({ model }, latencyMs / 1000);
  }

  /** All of it, as Prometheus reads it. */
  async text(): Promise<string> {
    const survey = await this.#surveyInTime();
    for (const [field, gauge] of this.#surveyed) {
      if (survey === null) gauge.reset();
      else gauge.set(Number(survey[field]));
    }
    return await this.#registry.metrics();
  }

  /** What there is; null where Redis does not say so in time. */
  async #surveyInTime(): Promise<Survey | null> {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const late = new Promise<null>((resolve) => {
      timer = setTimeout(() => resolve(null), SURVEY_MS);
    });
    try {
      return await Promise.race([this.#survey(), late]);
    } catch {
      return null;
    } finally {
      clearTimeout(timer);
    }
  }
}
