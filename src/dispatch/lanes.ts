import type { Clock } from "./clock.ts";
import { ConcurrencyController } from "./concurrency_controller.ts";
import { TokenBucket } from "./token_bucket.ts";

/** What decides which requests share their limits: those of one account, held to one pace. */
export interface LaneKey {
  /** Where requests go. */
  readonly url: string;
  /** Whose account they are on. */
  readonly apiKey: string;
  /** The user's limit of requests in flight; undefined where it is to be found. */
  readonly maxConcurrency: number | undefined;
  /** The user's limit of starts in 60 seconds; undefined for none. */
  readonly requestsPerMinute: number | undefined;
}

/** The limits that requests of one lane share. */
export interface Lane {
  /** How many are in flight. */
  readonly concurrency: ConcurrencyController;
  /** How many start; null for no limit. */
  readonly bucket: TokenBucket | null;
}

/** The lanes of a client, made as they are needed. */
export class Lanes {
  readonly #lanes = new Map<string, Lane>();
  readonly #clock: Clock;

  /** Makes an empty set. */
  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** The lane for a key. */
  get(key: LaneKey): Lane {
    const { url, apiKey, maxConcurrency, requestsPerMinute } = key;
    const name = JSON.stringify([
      url,
      apiKey,
      maxConcurrency,
      requestsPerMinute,
    ]);
    const known = this.#lanes.get(name);
    if (known !== undefined) return known;
    const lane: Lane = {
      concurrency: new ConcurrencyController(maxConcurrency, this.#clock),
      bucket: requestsPerMinute === undefined
        ? null
        : new TokenBucket(requestsPerMinute, this.#clock),
    };
    this.#lanes.set(name, lane);
    return lane;
  }
}
