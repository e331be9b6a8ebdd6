import { ClaimOwners } from "../cache/claim_owners.ts";
import { systemClock } from "../util/clock.ts";
import { processWide } from "../scheduler/process_wide.ts";
import { WorkerPool } from "../transport/worker_pool.ts";
import { requireApiKey } from "../catalog/require_api_key.ts";
import { system } from "../platform/deno/system.ts";
import { spawnWorker } from "../platform/deno/spawn_worker.ts";
import type { Call } from "./call.ts";
import type { Channel, Outlet } from "./outlet.ts";
import type { RequestPrices } from "./request_prices.ts";

/** What a local outlet is made of. */
export interface LocalOutletOptions {
  /** The most workers; undefined for as many as the machine bears. */
  readonly workers: number | undefined;
  /** Knows what requests can cost. */
  readonly prices: RequestPrices;
}

/** Requests go out by workers of this process, under limits of this process. */
export class LocalOutlet implements Outlet {
  readonly #pool: WorkerPool;
  readonly #prices: RequestPrices;
  readonly #claimOwners = new ClaimOwners(systemClock);

  /** Makes it; no worker is started yet. */
  constructor({ workers, prices }: LocalOutletOptions) {
    this.#prices = prices;
    this.#pool = new WorkerPool({
      size: workers ?? Math.min(4, system.cpuCount()),
      spawn: (events) => spawnWorker(events),
    });
  }

  /**
   * Makes ready for the requests of a call.
   *
   * @throws {RolloutsError} Where there is no key.
   * @throws {CacheError} Where samples cannot be kept, and the call is to stop then.
   */
  open(call: Call): Channel {
    const { settings, plan, cache, budget } = call;
    const { maxConcurrency, requestsPerMinute } = settings;
    const apiKey = requireApiKey(settings.apiKey);
    cache.prepare(this.#claimOwners);
    const lane = processWide().lanes.get({
      url: plan.url,
      apiKey,
      maxConcurrency,
      requestsPerMinute,
    });
    return {
      apiKey,
      lane,
      claim: (seed) => cache.claim(seed),
      route: ({ body }) => ({
        send: (request, signal) => this.#pool.send(request, signal),
        spending: async () => {
          if (budget === null) return null;
          const worstUsd = await this.#prices.requireWorstUsd(
            plan.baseUrl,
            body,
          );
          return { budget, worstUsd };
        },
      }),
      [Symbol.dispose]: () => {
        // Workers end by themselves when they are idle.
      },
    };
  }

  /** Does nothing: workers send at once what they are given. */
  stop(): void {}

  /** Ends the workers; requests under way fail. */
  close(): Promise<void> {
    this.#pool.close();
    return Promise.resolve();
  }
}
