import type { FromWorker } from "../../worker_messages.ts";
import type { SpawnWorker } from "../spawn_worker.ts";

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

function requestWorker(): URL {
  return new URL("../../../workers/openrouter.ts", import.meta.url);
}
