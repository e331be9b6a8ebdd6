import type { Notices } from "../notices.ts";
import type { RequestPrices } from "../client/request_prices.ts";
import type { MetricsOptions } from "./serve_metrics.ts";

/** Where a queue is. */
export interface QueueOptions extends MetricsOptions {
  /** The address of its Redis. */
  readonly url: string;
}

/** What a queue's outlet is made of. */
export interface QueueOutletOptions extends QueueOptions {
  /** Knows what requests can cost. */
  readonly prices: RequestPrices;
  /** Tells. */
  readonly notices: Notices;
  /** Told that somebody has drained the queue: no more is to be requested. */
  readonly onDrained: () => void;
}
