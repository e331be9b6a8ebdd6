import type { DefaultWorkers } from "../spawn_worker.ts";

/** One for each processor: `fetch` takes most of the CPU time. */
export const defaultWorkers =
  ((processors) => Math.min(4, processors)) satisfies DefaultWorkers;
