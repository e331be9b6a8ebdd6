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

/** Starts a worker; the one that sends requests, where no other entry is given. */
export function spawnWorker(
  events: WorkerEvents,
  entry: URL = new URL("../../workers/openrouter.ts", import.meta.url),
): WorkerHandle {
  const worker = new Worker(entry, { type: "module", name: "rollouts" });
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
