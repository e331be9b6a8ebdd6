/**
 * Sends requests through a queue to workers on other machines, with limits and a budget that all of them share.
 * The queue is BullMQ on Redis.
 *
 * @example A worker, which takes requests from the queue until Ctrl-C
 * ```ts ignore
 * import { QueueWorker } from "@rollouts/client/queue";
 *
 * const worker = await QueueWorker.start({ queue: "redis://127.0.0.1" });
 * Deno.addSignalListener("SIGINT", () => worker.stop());
 * await worker.done;
 * ```
 *
 * @module
 */

export { type DrainOptions, QueueControl } from "./queue_control.ts";
export { QueueError } from "./queue_error.ts";
export type { QueueStats } from "./queue_stats.ts";
export {
  QueueTransport,
  type QueueTransportOptions,
} from "./queue_transport.ts";
export { QueueWorker } from "./queue_worker.ts";
export type { MetricsOptions } from "./queue_metrics.ts";
export type { QueueWorkerOptions } from "./queue_worker_options.ts";
