/**
 * What a queue takes beside the client's option `queue`: workers on any machine, and a look at what there is.
 *
 * @example A worker, which takes what runs with `queue` put into Redis, until Ctrl-C
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
export { QueueWorker } from "./queue_worker.ts";
export { QueueError } from "./redis_error.ts";
export type { Survey } from "./survey.ts";
export type { MetricsOptions } from "./metrics_options.ts";
export type { QueueWorkerOptions } from "./worker_options.ts";
