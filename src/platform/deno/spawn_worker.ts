import type { FromWorker, ToWorker } from "../../worker_messages.ts";
import { workerEntry } from "./worker_entry.ts";

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
  entry: URL = workerEntry(),
): WorkerHandle {
  const worker = new Worker(entry, { type: "module", name: "rollouts" });
  worker.onmessage = ({ data }: MessageEvent<FromWorker>) =>
    events.onMessage(data);
  const crash = (reason: string) => {
    worker.terminate();
    events.onCrash(reason);
  };
  worker.onerror = (event) => {
    // Else the error ends the whole program.
    event.preventDefault();
    crash(event.message);
  };
  worker.onmessageerror = () => crash("its message could not be read");
  return {
    post: (message) => worker.postMessage(message),
    terminate: () => worker.terminate(),
  };
}
