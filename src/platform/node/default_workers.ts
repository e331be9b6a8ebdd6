import type { DefaultWorkers } from "../spawn_worker.ts";

/** One processor is for the main thread, which takes as much CPU time as a worker with undici. */
export const defaultWorkers =
  ((processors) =>
    Math.min(4, Math.max(1, processors - 1))) satisfies DefaultWorkers;
