import type { AbortSignalLike } from "../abort_signal_like.ts";
import { BudgetError } from "../errors.ts";
import type { Permit } from "../limiter.ts";
import type { Outcome } from "../outcome.ts";
import type { RequestLimits } from "../prepared_request.ts";
import { MAX_LIMIT, START_LIMIT } from "../scheduler/cubic_limit.ts";
import { requestCostUsd } from "../scheduler/request_cost_usd.ts";
import {
  askedPauseMs,
  classifyOutcome,
  limitedScope,
} from "../scheduler/classify_outcome.ts";
import { budgetMessage } from "../scheduler/budget.ts";
import { bucketParameters } from "../scheduler/token_bucket.ts";
import type { Clock } from "../util/clock.ts";
import { type AcquireReply, PermitBatcher } from "./permit_batcher.ts";
import { getOrCreate } from "../util/get_or_create.ts";
import { LightAbortController } from "../util/light_abort_controller.ts";
import { isPermanent } from "./queue_error.ts";
import { defineScripts } from "./define_scripts.ts";
import { digest } from "./digest.ts";
import {
  ACQUIRE_SCRIPT,
  DEREGISTER_SCRIPT,
  HEARTBEAT_SCRIPT,
  RELEASE_SCRIPT,
} from "./limiter_scripts.ts";
import type { Redis } from "./npm_ioredis.ts";
import { LIMITS } from "./queue_keys.ts";

/** A request that needs a permit. */
export interface AcquireRequest extends RequestLimits {
  /** The account that pays: a digest of base URL and API key. */
  readonly account: string;
  readonly model: string;
}

/** A permit of a {@linkcode DistributedLimiter}. */
export interface DistributedPermit extends Permit {
  /** Returns the permit to Redis. */
  release(outcome: Outcome | null): Promise<void>;
}

export interface DistributedLimiterOptions {
  readonly redis: Redis;
  readonly worker: string;
  /** How long a silent worker keeps its permits, in milliseconds. */
  readonly leaseMs: number;
  readonly clock: Clock;
}

/**
 * Tokens that are refilled in this time wait for a worker that polls late, in milliseconds. Together
 * with the 60 s of a limit, it must stay below the 61 s in which a bucket refills it.
 */
const POLL_SLACK_MS = 100;

/** The longest pause of all workers, in milliseconds: the default of `maxRetryAfterMs`. */
const MAX_PAUSE_MS = 60 * 60 * 1000;

/** How long to wait before permits are released again, in milliseconds. */
const RELEASE_RETRY_MS = 500;

/** Limits the requests of a worker, together with those of all other workers of the queue. */
export class DistributedLimiter {
  readonly #options: DistributedLimiterOptions;
  readonly #scripts;
  /** By limits, as JSON. */
  readonly #queues = new Map<string, PermitBatcher>();
  #nextId = 0;
  #released: (string | number)[] = [];
  #releasing: Promise<void> | null = null;
  readonly #ended = new LightAbortController();

  constructor(options: DistributedLimiterOptions) {
    this.#options = options;
    this.#scripts = defineScripts(options.redis, LIMITS, {
      acquire: ACQUIRE_SCRIPT,
      release: RELEASE_SCRIPT,
      heartbeat: HEARTBEAT_SCRIPT,
      deregister: DEREGISTER_SCRIPT,
    });
  }

  /**
   * Waits until a request may start, and counts it as started.
   *
   * @throws {BudgetError} If the budget does not allow it, and no request is in flight whose end could change
   * that.
   * @throws The signal's reason, if it is aborted first.
   */
  async acquire(
    request: AcquireRequest,
    signal: AbortSignalLike,
  ): Promise<DistributedPermit> {
    const id = `${this.#options.worker}-${this.#nextId++}`;
    await this.#queueOf(request).wait(id, signal);
    return { release: (outcome) => this.#release(id, request, outcome) };
  }

  /** Renews the worker's lease; `capacity` is its maximum number of requests in flight. */
  async heartbeat(capacity: number): Promise<void> {
    const { worker, leaseMs } = this.#options;
    await this.#scripts.heartbeat(worker, leaseMs, capacity);
  }

  /** Removes the worker and frees its permits. */
  async deregister(): Promise<void> {
    this.#ended.abort(null);
    await this.#scripts.deregister(this.#options.worker);
  }

  #queueOf(request: AcquireRequest): PermitBatcher {
    const { account, model, maxConcurrency, requestsPerMinute } = request;
    const { maxCostUsd, worstCaseUsd } = request;
    const limits = JSON.stringify([
      ...[account, model, maxConcurrency, requestsPerMinute],
      ...[maxCostUsd, worstCaseUsd],
    ]);
    return getOrCreate(this.#queues, limits, () =>
      new PermitBatcher({
        clock: this.#options.clock,
        acquire: (ids) => this.#acquire(request, ids),
        giveBack: (id) => this.#release(id, request, null),
        onEmpty: () => this.#queues.delete(limits),
      }));
  }

  async #acquire(
    request: AcquireRequest,
    ids: readonly string[],
  ): Promise<AcquireReply> {
    const { worker, leaseMs } = this.#options;
    const { account, maxConcurrency, requestsPerMinute } = request;
    const { maxCostUsd, worstCaseUsd } = request;
    const [granted, why, waitMs, spentUsd] = await this.#scripts.acquire(
      worker,
      leaseMs,
      digest(account, String(maxConcurrency)),
      digest(request.model),
      maxConcurrency ?? START_LIMIT,
      maxConcurrency ?? MAX_LIMIT,
      account,
      ...bucketArguments(requestsPerMinute),
      maxCostUsd ?? -1,
      worstCaseUsd ?? -1,
      ...ids,
    ) as [number, number, number, string];
    const state = {
      spentUsd: Number(spentUsd),
      maxCostUsd: maxCostUsd!,
      worstCaseUsd: worstCaseUsd!,
    };
    const refusal = why === 3 ? new BudgetError(budgetMessage(state)) : null;
    return { granted, refusal, waitMs };
  }

  /** Permits that are returned in one turn of the event loop go to Redis together. */
  #release(
    id: string,
    { worstCaseUsd }: AcquireRequest,
    outcome: Outcome | null,
  ): Promise<void> {
    const costUsd = outcome === null
      ? 0
      : requestCostUsd(outcome, worstCaseUsd ?? 0);
    const askedMs = askedPauseMs(outcome);
    this.#released.push(
      id,
      classifyOutcome(outcome),
      limitedScope(outcome) ?? "both",
      // The client fails a sample that would have to wait longer. Others may be tried again by then.
      askedMs === null ? -1 : Math.min(askedMs, MAX_PAUSE_MS),
      costUsd,
    );
    return this.#releasing ??= this.#releaseAll();
  }

  /** Retries until Redis has the permits: otherwise they would be lost for as long as the worker lives. */
  async #releaseAll(): Promise<void> {
    await Promise.resolve();
    const { worker, leaseMs, clock } = this.#options;
    while (this.#released.length > 0) {
      const released = this.#released;
      this.#released = [];
      try {
        await this.#scripts.release(worker, leaseMs, ...released);
      } catch (error) {
        // The lease frees the permits of a worker that ended.
        if (isPermanent(error) || this.#ended.aborted) break;
        this.#released = [...released, ...this.#released];
        await clock.sleep(RELEASE_RETRY_MS, this.#ended).catch(() => {});
      }
    }
    this.#releasing = null;
    for (const queue of this.#queues.values()) queue.wake();
  }
}

/** The capacity and the refill interval of a bucket, as the script expects them. */
export function bucketArguments(
  requestsPerMinute: number | null,
): [capacity: number, refillIntervalMs: number] {
  if (requestsPerMinute === null) return [0, 0];
  const { capacity, refillIntervalMs } = bucketParameters(requestsPerMinute);
  return [capacity + POLL_SLACK_MS / refillIntervalMs, refillIntervalMs];
}
