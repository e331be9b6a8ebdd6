import type { FromWorker } from "../../worker_messages.ts";
import type { DefaultWorkers, SpawnWorker } from "../spawn_worker.ts";

/** Starts a worker thread on Deno. */
export const spawnWorker = ((events, entry = requestWorker()) => {
  const worker = new Worker(entry, { type: "module", name: "rollouts" });
  worker.onmessage = ({ data }: MessageEvent<FromWorker>) =>
    events.onMessage(data);
  const crash = (reason: string) => {
    worker.terminate();
    events.onCrash(reason);
  };
  worker.onerror = (event) => {
    // Otherwise the error ends the whole process.
    event.preventDefault();
    crash(event.message);
  };
  worker.onmessageerror = () => crash("its message could not be read");
  return {
    post: (message) => worker.postMessage(message),
    terminate: () => worker.terminate(),
  };
}) satisfies SpawnWorker;

/** One for each processor: `fetch` takes most of the CPU time. */
export const defaultWorkers =
  ((processors) => Math.min(4, processors)) satisfies DefaultWorkers;

function requestWorker(): URL {
  return new URL("../../../workers/openrouter.ts", import.meta.url);
}
