import type { FaultType } from "./faults.ts";

/**
 * How a request ended: "answered" with a success sent whole, "failed" with an error or a fault,
 * "aborted" by the client, "pending" not yet.
 */
export type MockOutcome = "pending" | "answered" | "failed" | "aborted";

/** One request that the mock server got. */
export interface MockRequestRecord {
  /** "POST", "GET", …. */
  readonly method: string;
  /** The path of the URL, with its query. */
  readonly path: string;
  /** The headers by lower-case name, without the key. */
  readonly headers: Readonly<Record<string, string>>;
  /** The parsed body; undefined where there is none, or where it is no JSON. */
  readonly body: unknown;
  /** The body's seed, or null. */
  readonly seed: number | null;
  /** The how-manieth try of its sample it is, from 1; 0 where it asks for none. */
  readonly attempt: number;
  /** When it came, in milliseconds since the server's start. */
  readonly startMs: number;
  /** The HTTP status of the answer; null before it, and where there is none. */
  readonly status: number | null;
  /** The fault that struck it, or null. */
  readonly fault: FaultType | null;
  /** How it ended. */
  readonly outcome: MockOutcome;
}

/** How the requests for one seed went. */
export interface MockSeedCounts {
  /** Requests that came. */
  readonly started: number;
  /** Requests that were answered. */
  readonly answered: number;
}

/** A record while its request runs. */
export type OpenRecord = {
  -readonly [K in keyof MockRequestRecord]: MockRequestRecord[K];
};

/** The log of a mock server: exact counts of the generations, and the last requests of all kinds. */
export class MockLog {
  /** Generations asked for. */
  started = 0;
  /** Generations answered with a success that was sent whole. */
  answered = 0;
  /** The most generations that ran at the same time. */
  maxInFlight = 0;
  /** Counts of the generations by seed. */
  readonly seeds: Map<number, { started: number; answered: number }> =
    new Map();
  readonly #running = new Set<OpenRecord>();
  readonly #limit: number;
  #records: OpenRecord[] = [];

  /** An empty log that keeps the last `limit` requests. */
  constructor(limit: number) {
    this.#limit = limit;
  }

  /** How many generations run now. */
  get inFlight(): number {
    return this.#running.size;
  }

  /** The last requests, oldest first. */
  get records(): readonly MockRequestRecord[] {
    return this.#records.slice(-this.#limit);
  }

  /** Keeps a request. */
  add(record: OpenRecord): void {
    if (this.#limit === 0) return;
    this.#records.push(record);
    // Cutting only at double length makes a long run cost no more than a short one.
    if (this.#records.length >= 2 * this.#limit) {
      this.#records = this.#records.slice(-this.#limit);
    }
  }

  /** Counts a generation that starts; requests of other kinds are not counted. */
  start(record: OpenRecord): void {
    this.#running.add(record);
    this.started++;
    this.maxInFlight = Math.max(this.maxInFlight, this.inFlight);
    const counts = this.#seedCounts(record.seed);
    if (counts !== null) counts.started++;
  }

  /** Notes how a request ended; only the first call for a record counts. */
  end(record: OpenRecord, outcome: MockOutcome): void {
    if (record.outcome !== "pending") return;
    record.outcome = outcome;
    if (!this.#running.delete(record) || outcome !== "answered") return;
    this.answered++;
    const counts = this.#seedCounts(record.seed);
    if (counts !== null) counts.answered++;
  }

  /** Forgets everything but what runs now. */
  clear(): void {
    this.started = 0;
    this.answered = 0;
    this.maxInFlight = this.inFlight;
    this.seeds.clear();
    this.#records = [];
  }

  #seedCounts(
    seed: number | null,
  ): { started: number; answered: number } | null {
    if (seed === null) return null;
    const counts = this.seeds.get(seed) ?? { started: 0, answered: 0 };
    this.seeds.set(seed, counts);
    return counts;
  }
}
