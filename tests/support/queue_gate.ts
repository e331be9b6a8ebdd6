import { systemClock } from "../../src/util/clock.ts";
import { Gate, type GateAsk, type Pass } from "../../src/queue/gate.ts";
import { Redis } from "../../src/queue/npm_ioredis.ts";
import type { RedisServer } from "./redis_server.ts";

/** What is asked for where a test does not say. */
export const ASK: GateAsk = {
  account: "account",
  maxConcurrency: null,
  requestsPerMinute: null,
  maxCostUsd: null,
  worstCaseUsd: null,
};

/** A worker's gate, with a connection of its own. */
export class GateOfWorker implements Disposable {
  readonly #gate: Gate;
  /** The connection. */
  readonly redis: Redis;

  /** Makes it. */
  constructor(server: RedisServer, process: string, leaseMs = 60_000) {
    this.redis = new Redis(server.url, { maxRetriesPerRequest: null });
    const clock = systemClock;
    this.#gate = new Gate({ redis: this.redis, process, leaseMs, clock });
  }

  /** A pass, when there is one; it fails where there will be none. */
  async enter(ask: Partial<GateAsk> = {}): Promise<Pass> {
    const { signal } = new AbortController();
    const pass = await this.#gate.enter({ ...ASK, ...ask }, signal);
    if ("refused" in pass) throw new Error(`refused at ${pass.spentUsd}`);
    return pass;
  }

  /** Whether one more would have to wait: it has been told so by Redis. */
  async isFull(ask: Partial<GateAsk> = {}): Promise<boolean> {
    const abort = new AbortController();
    const wait = this.#gate.enter({ ...ASK, ...ask }, abort.signal);
    // What was asked before this has been answered before it.
    for (let i = 0; i < 2; i++) await this.redis.ping();
    abort.abort(null);
    return await wait.then(
      async (pass) => {
        if (!("refused" in pass)) await pass.leave(null);
        return false;
      },
      () => true,
    );
  }

  /** Ends the connection, as the death of a worker does. */
  [Symbol.dispose](): void {
    this.redis.disconnect();
  }
}
