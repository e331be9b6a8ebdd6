import type { FromWorker, ToWorker } from "../dispatch/protocol.ts";

/** What a worker reports. */
export interface WorkerEvents {
  /** A message. */
  readonly onMessage: (message: FromWorker) => void;
  /** It crashed or did not load, and is gone. */
  readonly onCrash: (reason: string) => void;
}

/** A worker that runs. */
export interface WorkerHandle {
  /** Sends it a message. */
  post(message: ToWorker): void;
  /** Ends it. */
  terminate(): void;
}

/** Starts a worker that sends requests. */
export function spawnWorker(events: WorkerEvents): WorkerHandle {
  const worker = new Worker(
    new URL("../../workers/openrouter.ts", import.meta.url),
    { type: "module", name: "rollouts" },
  );
  worker.onmessage = ({ data }: MessageEvent<FromWorker>) =>
    events.onMessage(data);
  worker.onerror = (event) => {
    // Else the error ends the whole program.
    event.preventDefault();
    worker.terminate();
    events.onCrash(event.message);
  };
  return {
    post: (message) => worker.postMessage(message),
    terminate: () => worker.terminate(),
  };
}
