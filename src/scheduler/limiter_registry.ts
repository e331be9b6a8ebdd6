import type { Limiter } from "../limiter.ts";
import type { Clock } from "../util/clock.ts";
import { getOrCreate } from "../util/get_or_create.ts";
import { AdaptiveLimiter } from "./adaptive_limiter.ts";
import { ModelLimiter } from "./model_limiter.ts";
import { bucketParameters, TokenBucket } from "./token_bucket.ts";

/** Decides which requests share limits. */
export interface LimitKey {
  readonly url: string;
  /** The API key, which identifies the account. */
  readonly apiKey: string;
  readonly model: string;
  /** The user's limit of requests in flight, or `undefined` to find one. */
  readonly maxConcurrency: number | undefined;
  /** The user's limit of starts in 60 seconds, or `undefined` for none. */
  readonly requestsPerMinute: number | undefined;
}

export interface Limits {
  readonly limiter: Limiter;
  /** Paces the starts, or `null` if there is no rate limit. */
  readonly bucket: TokenBucket | null;
}

/**
 * The limits of all accounts in this process. Calls with the same `maxConcurrency` share the limits of
 * the account and of its models. Every rate limit counts the starts of all calls with a rate limit on
 * the account.
 */
export class LimiterRegistry {
  readonly #clock: Clock;
  readonly #limiters = new Map<string, AdaptiveLimiter>();
  readonly #models = new Map<string, ModelLimiter>();
  readonly #accounts = new Map<string, Account>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  get(
    { url, apiKey, model, maxConcurrency, requestsPerMinute }: LimitKey,
  ): Limits {
    const account = JSON.stringify([url, apiKey]);
    const create = () => new AdaptiveLimiter(maxConcurrency, this.#clock);
    const name = `${account} ${maxConcurrency}`;
    const limiter = getOrCreate(
      this.#models,
      `${name} ${model}`,
      () =>
        new ModelLimiter(create(), getOrCreate(this.#limiters, name, create)),
    );
    if (requestsPerMinute === undefined) return { limiter, bucket: null };
    const bucket = this.#bucketOf(account, requestsPerMinute);
    return { limiter, bucket };
  }

  #bucketOf(name: string, requestsPerMinute: number): TokenBucket {
    const account = getOrCreate(this.#accounts, name, () => ({
      buckets: new Map(),
      hasStarted: false,
    }));
    return getOrCreate(account.buckets, requestsPerMinute, () => {
      const bucket: TokenBucket = new TokenBucket(
        bucketParameters(requestsPerMinute),
        {
          clock: this.#clock,
          onTake: () => {
            account.hasStarted = true;
            for (const other of account.buckets.values()) {
              if (other !== bucket) other.charge();
            }
          },
        },
      );
      // It was not charged for the starts before it existed.
      if (account.hasStarted) bucket.drain();
      return bucket;
    });
  }
}

interface Account {
  /** By `requestsPerMinute`. */
  readonly buckets: Map<number, TokenBucket>;
  hasStarted: boolean;
}
