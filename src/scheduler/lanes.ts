import type { Clock } from "../util/clock.ts";
import type { Limiter } from "../limiter.ts";
import { AdaptiveLimiter } from "./adaptive_limiter.ts";
import type { AbortSignalLike } from "../abort_signal_like.ts";
import { StartHistory } from "./start_history.ts";
import { TokenBucket } from "./token_bucket.ts";

/** What decides which requests share their limits. */
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

/** The limits of requests that share a key. */
export interface Lane {
  /** How many are in flight. */
  readonly concurrency: Limiter;
  /**
   * Waits until one more may start, and counts it; null where there is no limit.
   *
   * @throws The signal's reason, where it is aborted first.
   */
  readonly start: ((signal: AbortSignalLike) => Promise<void>) | null;
}

/**
 * The limits of all accounts. Who gives the same limit of requests in flight shares it. Who gives a limit of
 * starts is held to it counting the starts of all with a limit on the same account, whatever
 * theirs is.
 */
export class Lanes {
  readonly #clock: Clock;
  readonly #controllers = new Map<string, AdaptiveLimiter>();
  readonly #histories = new Map<string, StartHistory>();
  readonly #buckets = new Map<string, TokenBucket>();

  /** Makes an empty set. */
  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** The lane for a key. */
  get({ url, apiKey, maxConcurrency, requestsPerMinute }: LaneKey): Lane {
    const account = JSON.stringify([url, apiKey]);
    const concurrency = entry(
      this.#controllers,
      `${account} ${maxConcurrency}`,
      () => new AdaptiveLimiter(maxConcurrency, this.#clock),
    );
    if (requestsPerMinute === undefined) return { concurrency, start: null };
    const history = entry(this.#histories, account, () => new StartHistory());
    const bucket = entry(
      this.#buckets,
      `${account} ${requestsPerMinute}`,
      () => new TokenBucket(requestsPerMinute, history, this.#clock),
    );
    return { concurrency, start: (signal) => bucket.take(signal) };
  }
}

/** The value of a key, made where it is missing. */
function entry<K, V>(map: Map<K, V>, key: K, make: () => V): V {
  const known = map.get(key);
  if (known !== undefined) return known;
  const made = make();
  map.set(key, made);
  return made;
}
