import process from "node:process";
import { Worker } from "node:worker_threads";
import type { ToWorker } from "../../src/dispatch/protocol.ts";
import type {
  WorkerEvents,
  WorkerHandle,
} from "../../src/runtime/spawn_worker.ts";
import { workerEntry } from "./worker_entry.ts";

/** Flags of a program that is no file: a worker would take them for its own, and not load. */
const OF_NO_FILE = /^(--input-type|--eval|--print|-[ep]+$)/;

export function spawnWorker(
  events: WorkerEvents,
  entry: URL = workerEntry(),
): WorkerHandle {
  const isNoFile = process.execArgv.some((flag) => OF_NO_FILE.test(flag));
  const worker = new Worker(entry, {
    name: "rollouts",
    // Else it has the program's flags; named here, most would be refused.
    ...isNoFile ? { execArgv: [] } : {},
  });
  let isOver = false;
  const end = () => {
    isOver = true;
    worker.terminate();
  };
  const crash = (reason: string) => {
    if (isOver) return;
    end();
    events.onCrash(reason);
  };
  worker.on("message", (message) => {
    if (!isOver) events.onMessage(message);
  });
  worker.on(
    "error",
    (error) => crash(error instanceof Error ? error.message : String(error)),
  );
  worker.on("messageerror", () => crash("its message could not be read"));
  worker.on("exit", (code) => crash(`it ended with code ${code}`));
  return {
    post: (message: ToWorker) => worker.postMessage(message),
    terminate: end,
  };
}
