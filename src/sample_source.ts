import { systemClock } from "./dispatch/clock.ts";
import { processWide } from "./dispatch/process_wide.ts";
import { Sampler } from "./dispatch/sampler.ts";
import { LocalOutlet } from "./local_outlet.ts";
import type { Notices } from "./notices.ts";
import { FetchedOnce } from "./openrouter/fetched_once.ts";
import { fetchProviderSlugs } from "./openrouter/fetch_provider_slugs.ts";
import type { Outlet } from "./outlet.ts";
import type { PromptPlan } from "./plan_prompt.ts";
import { RequestPrices } from "./request_prices.ts";
import {
  type Call,
  sampleMissing,
  type SampleResult,
} from "./sample_missing.ts";

/** What a source is made of. */
export interface SampleSourceOptions {
  /** The most workers; undefined for as many as the machine bears. */
  readonly workers: number | undefined;
  /** Tells what happens. */
  readonly notices: Notices;
}

/**
 * Where a client's samples come from that are not cached: all that requests take, and a client whose
 * samples are all there never loads.
 */
export class SampleSource {
  readonly #sampler: Sampler;
  readonly #outlet: Outlet;
  readonly #prices = new RequestPrices();
  readonly #slugs = new FetchedOnce(fetchProviderSlugs);
  readonly #notices: Notices;

  /** Makes it; nothing is started or requested yet. */
  constructor({ workers, notices }: SampleSourceOptions) {
    this.#notices = notices;
    this.#sampler = new Sampler({
      clock: systemClock,
      flights: processWide().flights,
    });
    this.#outlet = new LocalOutlet({ workers, prices: this.#prices });
  }

  /**
   * The samples of a call that are not in the cache: requested, written, and counted.
   *
   * @throws {RolloutsError} What concerns the whole call.
   * @throws The signal's reason, where it is aborted.
   */
  sample(
    seeds: readonly number[],
    call: Call,
  ): Promise<ReadonlyMap<number, SampleResult>> {
    return sampleMissing(seeds, call, {
      sampler: this.#sampler,
      outlet: this.#outlet,
      notices: this.#notices,
      slugs: this.#slugs,
    });
  }

  /**
   * What one request can cost at its worst, in US dollars; null where there is no price.
   *
   * @throws {NetworkError} Where no prices are to be had.
   */
  async worstCostUsd({ baseUrl, body }: PromptPlan): Promise<number | null> {
    return await this.#prices.worstUsd(baseUrl, body);
  }

  /** Starts no more requests, now or later; those under way come to their end. */
  stop(): void {
    this.#sampler.stop();
  }

  /** Ends the workers; requests under way fail. */
  close(): void {
    this.#sampler.close();
    this.#outlet.close();
  }
}
