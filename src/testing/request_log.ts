import type { FaultType } from "./faults.ts";

/**
 * How a request ended: "answered" with a complete success, "failed" with an error or a fault,
 * "aborted" by the client, or "pending" if it has not ended yet.
 */
export type MockOutcome = "pending" | "answered" | "failed" | "aborted";

/** One request that the mock server received. */
export interface MockRequestRecord {
  /** The HTTP method. */
  readonly method: string;
  /** The path of the URL, with its query. */
  readonly path: string;
  /** The headers by lower-case name, without `Authorization`. */
  readonly headers: Readonly<Record<string, string>>;
  /** The parsed body, or undefined if there is none or it is not JSON. */
  readonly body: unknown;
  /** The body's seed, or null. */
  readonly seed: number | null;
  /** The number of this attempt at its sample, from 1; 0 if it does not ask for a completion. */
  readonly attempt: number;
  /** When it was received, in milliseconds since the server's start. */
  readonly startMs: number;
  /** The HTTP status of the response; null before it, and if there is none. */
  readonly status: number | null;
  /** The type of the request's fault, or null. */
  readonly fault: FaultType | null;
  /** How it ended. */
  readonly outcome: MockOutcome;
}

/** Counts of the requests for one seed. */
export interface MockSeedCounts {
  /** Requests received. */
  readonly started: number;
  /** Requests answered with a complete success. */
  readonly answered: number;
}

/** A record that the server still writes to. */
export type OpenRecord = Mutable<MockRequestRecord>;

type Mutable<T> = { -readonly [K in keyof T]: T[K] };

/** Counts the completions exactly, and keeps the last requests of all kinds. */
export class RequestLog {
  started = 0;
  /** Completions answered with a complete success. */
  answered = 0;
  /** The most completions in progress at the same time. */
  maxInFlight = 0;
  /** Counts of the completions by seed. */
  readonly seeds: Map<number, Mutable<MockSeedCounts>> = new Map();
  readonly #startedMs = performance.now();
  readonly #inFlight = new Set<OpenRecord>();
  readonly #limit: number;
  #records: OpenRecord[] = [];

  constructor(limit: number) {
    this.#limit = limit;
  }

  get inFlight(): number {
    return this.#inFlight.size;
  }

  get records(): readonly MockRequestRecord[] {
    return this.#limit === 0 ? [] : this.#records.slice(-this.#limit);
  }

  /** Records a request, whose body is not read yet. */
  add(request: Request, { pathname, search }: URL): OpenRecord {
    const headers: Record<string, string> = {};
    // On every request, and forEach() is twice as fast as iterating over entries.
    request.headers.forEach((value, name) => {
      if (name !== "authorization") headers[name] = value;
    });
    const record: OpenRecord = {
      method: request.method,
      path: pathname + search,
      headers,
      body: undefined,
      seed: null,
      attempt: 0,
      startMs: performance.now() - this.#startedMs,
      status: null,
      fault: null,
      outcome: "pending",
    };
    this.#records.push(record);
    // Trimming only at twice the limit keeps the average cost per request constant.
    if (this.#records.length >= 2 * this.#limit) {
      this.#records = this.#records.slice(this.#records.length - this.#limit);
    }
    return record;
  }

  start(record: OpenRecord): void {
    this.#inFlight.add(record);
    this.started++;
    this.maxInFlight = Math.max(this.maxInFlight, this.inFlight);
    this.#count(record.seed, "started");
  }

  /** Records how a request ended; only the first call for a record counts. */
  end(record: OpenRecord, outcome: MockOutcome): void {
    if (record.outcome !== "pending") return;
    record.outcome = outcome;
    if (!this.#inFlight.delete(record) || outcome !== "answered") return;
    this.answered++;
    this.#count(record.seed, "answered");
  }

  /** Forgets everything except what is in progress. */
  clear(): void {
    this.started = 0;
    this.answered = 0;
    this.maxInFlight = this.inFlight;
    this.seeds.clear();
    this.#records = [];
  }

  #count(seed: number | null, event: "started" | "answered"): void {
    if (seed === null) return;
    const counts = this.seeds.get(seed) ?? { started: 0, answered: 0 };
    counts[event]++;
    this.seeds.set(seed, counts);
  }
}
