import { systemClock } from "../util/clock.ts";
import { processWide } from "../scheduler/process_wide.ts";
import { Sampler } from "../scheduler/sampler.ts";
import type { Notices } from "../notices.ts";
import { fetchProviderSlugs } from "../catalog/fetch_provider_slugs.ts";
import { memoizeAsync } from "../util/memoize_async.ts";
import type { QueueOptions } from "../queue/queue_options.ts";
import { loadQueueOutlet } from "../platform/deno/load_queue_outlet.ts";
import type { Call, SampleResult } from "./call.ts";
import { LocalOutlet } from "./local_outlet.ts";
import type { Outlet } from "./outlet.ts";
import type { PromptPlan } from "../request/plan_prompt.ts";
import { RequestPrices } from "./request_prices.ts";
import { sampleMissing } from "./sample_missing.ts";

/** What a source is made of. */
export interface SampleSourceOptions {
  /** The most workers; undefined for as many as the machine bears. */
  readonly workers: number | undefined;
  /** The queue that requests go through; undefined where they are sent from here. */
  readonly queue: QueueOptions | undefined;
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
  readonly #slugs = memoizeAsync(fetchProviderSlugs);
  readonly #notices: Notices;

  private constructor(
    notices: Notices,
    makeOutlet: (prices: RequestPrices, sampler: Sampler) => Outlet,
  ) {
    this.#notices = notices;
    this.#sampler = new Sampler({
      clock: systemClock,
      flights: processWide().flights,
    });
    this.#outlet = makeOutlet(this.#prices, this.#sampler);
  }

  /** Makes it; nothing is started or requested yet. What a queue takes is loaded where there is one. */
  static async load(
    { workers, queue, notices }: SampleSourceOptions,
  ): Promise<SampleSource> {
    if (queue === undefined) {
      return new SampleSource(
        notices,
        (prices) => new LocalOutlet({ workers, prices }),
      );
    }
    const QueueOutlet = await loadQueueOutlet();
    return new SampleSource(
      notices,
      (prices, sampler) =>
        new QueueOutlet({
          ...queue,
          prices,
          notices,
          onDrained: () => sampler.stop("the queue was drained"),
        }),
    );
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
    this.#sampler.stop("the client was stopped");
    this.#outlet.stop();
  }

  /** Ends the workers, or the link to the queue; requests under way fail. */
  close(): Promise<void> {
    this.#sampler.close();
    return this.#outlet.close();
  }
}
