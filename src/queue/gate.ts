import type { Redis } from "./npm_ioredis.ts";
import { MAX_LIMIT, START_LIMIT } from "../scheduler/aimd_limit.ts";
import { attemptCostUsd } from "../scheduler/attempt_cost.ts";
import type { Clock } from "../util/clock.ts";
import {
  askedPauseMs,
  classifyOutcome,
} from "../scheduler/classify_outcome.ts";
import type { Outcome } from "../outcome.ts";
import type { RequestLimits } from "../prepared_request.ts";
import { rateWindow } from "../scheduler/rate_window.ts";
import type { AbortSignalLike } from "../abort_signal_like.ts";
import { digest } from "./digest.ts";
import { GateLine, type Turn } from "./gate_line.ts";
import {
  ATTEND_SCRIPT,
  ENTER_SCRIPT,
  LEAVE_SCRIPT,
  RETIRE_SCRIPT,
} from "./gate_scripts.ts";
import { GATE } from "./queue_keys.ts";

/** Redis with the gate's scripts. */
interface GateRedis {
  gateEnter(
    base: string,
    ...args: (string | number)[]
  ): Promise<[number, number, number, string]>;
  gateLeave(base: string, ...args: (string | number)[]): Promise<"OK">;
  gateAttend(base: string, ...args: (string | number)[]): Promise<"OK">;
  gateRetire(base: string, ...args: (string | number)[]): Promise<"OK">;
}

/** What decides whether a request may start. */
export interface GateAsk extends RequestLimits {
  /** The account that pays: a digest of base URL and key. */
  readonly account: string;
}

/** A request that may start. */
export interface Pass {
  /** It has ended: gives its place back, with what it came to; null where it was not sent. */
  leave(outcome: Outcome | null): Promise<void>;
}

/** What a gate is made of. */
export interface GateOptions {
  /** Where the limits are kept. */
  readonly redis: Redis;
  /** The name of this worker, which no other has. */
  readonly process: string;
  /** How long a worker that is silent counts as alive, in milliseconds. */
  readonly leaseMs: number;
  /** Time. */
  readonly clock: Clock;
}

/** Lets the requests of a worker start, under limits that all workers of the queue share. */
export class Gate {
  readonly #options: GateOptions;
  readonly #redis: GateRedis;
  readonly #lines = new Map<string, GateLine>();
  #ids = 0;
  #leaving: (string | number)[] = [];
  #left: Promise<void> | null = null;

  /** Makes it. */
  constructor(options: GateOptions) {
    this.#options = options;
    const { redis } = options;
    const scripts = {
      gateEnter: ENTER_SCRIPT,
      gateLeave: LEAVE_SCRIPT,
      gateAttend: ATTEND_SCRIPT,
      gateRetire: RETIRE_SCRIPT,
    };
    for (const [name, lua] of Object.entries(scripts)) {
      redis.defineCommand(name, { numberOfKeys: 1, lua });
    }
    this.#redis = redis as unknown as GateRedis;
  }

  /**
   * Waits until a request may start, and counts it as started then. "refused" where no money is left
   * for it, nor under way; `spentUsd` says how much was spent.
   *
   * @throws The signal's reason, where it is aborted first.
   */
  async enter(
    ask: GateAsk,
    signal: AbortSignalLike,
  ): Promise<Pass | { readonly refused: true; readonly spentUsd: number }> {
    const id = `${this.#options.process}-${this.#ids++}`;
    const turn = await this.#lineOf(ask).wait(id, signal);
    if (turn.type === "refused") {
      return { refused: true, spentUsd: turn.spentUsd };
    }
    return { leave: (outcome) => this.#leave(id, ask, outcome) };
  }

  /** Says that this worker is there, and how many requests it can have in flight. */
  async attend(places: number): Promise<void> {
    const { process, leaseMs } = this.#options;
    await this.#redis.gateAttend(GATE, process, leaseMs, places);
  }

  /** Says that it goes. */
  async retire(): Promise<void> {
    await this.#redis.gateRetire(GATE, this.#options.process);
  }

  #lineOf(ask: GateAsk): GateLine {
    const { account, maxConcurrency, requestsPerMinute } = ask;
    const name = JSON.stringify([
      account,
      maxConcurrency,
      requestsPerMinute,
      ask.maxCostUsd,
      ask.worstCaseUsd,
    ]);
    const known = this.#lines.get(name);
    if (known !== undefined) return known;
    const { clock } = this.#options;
    const line = new GateLine({
      clock,
      ask: (ids) => this.#ask(ask, ids),
      giveBack: (id) => this.#leave(id, ask, null),
      onEmpty: () => this.#lines.delete(name),
    });
    this.#lines.set(name, line);
    return line;
  }

  async #ask(
    { account, maxConcurrency, requestsPerMinute, ...cost }: GateAsk,
    ids: readonly string[],
  ): Promise<Turn> {
    const { process, leaseMs } = this.#options;
    const { tokens, windowMs } = requestsPerMinute === null
      ? { tokens: 0, windowMs: 0 }
      : rateWindow(requestsPerMinute);
    const [entered, why, waitMs, spentUsd] = await this.#redis.gateEnter(
      GATE,
      process,
      leaseMs,
      digest(account, String(maxConcurrency)),
      maxConcurrency ?? START_LIMIT,
      maxConcurrency ?? MAX_LIMIT,
      account,
      tokens,
      windowMs,
      cost.maxCostUsd ?? -1,
      cost.worstCaseUsd ?? -1,
      ...ids,
    );
    return {
      entered,
      refused: why === 3,
      waitMs,
      spentUsd: Number(spentUsd),
    };
  }

  /** Those that end in one turn of the event loop leave together. */
  #leave(
    id: string,
    { worstCaseUsd }: GateAsk,
    outcome: Outcome | null,
  ): Promise<void> {
    const costUsd = outcome === null
      ? 0
      : attemptCostUsd(outcome, worstCaseUsd ?? 0);
    this.#leaving.push(
      id,
      classifyOutcome(outcome),
      askedPauseMs(outcome) ?? -1,
      costUsd,
    );
    return this.#left ??= this.#leaveTogether();
  }

  async #leaveTogether(): Promise<void> {
    await Promise.resolve();
    const { process, leaseMs } = this.#options;
    const leaving = this.#leaving;
    this.#leaving = [];
    this.#left = null;
    await this.#redis.gateLeave(GATE, process, leaseMs, ...leaving);
    for (const line of this.#lines.values()) line.look();
  }
}
