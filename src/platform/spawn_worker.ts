import type { FromWorker, ToWorker } from "../worker_messages.ts";

/**
 * Starts a worker thread. Implemented by `deno/spawn_worker.ts` and `node/spawn_worker.ts`. The
 * module of the worker is `entry`, by default the one that sends requests.
 */
export interface SpawnWorker {
  (events: WorkerEvents, entry?: URL): WorkerHandle;
}

/**
 * Returns the default number of workers for a number of processors. Implemented by
 * `deno/spawn_worker.ts` and `node/spawn_worker.ts`.
 */
export interface DefaultWorkers {
  (processors: number): number;
}

/** Callbacks for the events of a worker. */
export interface WorkerEvents {
  /** The worker posted a message. */
  readonly onMessage: (message: FromWorker) => void;
  /** The worker crashed or did not load, and no longer runs. */
  readonly onCrash: (reason: string) => void;
}

/** A running worker. */
export interface WorkerHandle {
  post(message: ToWorker): void;
  /** Terminates the worker. */
  terminate(): void;
}
