import process from "node:process";
import { Worker } from "node:worker_threads";
import type { ToWorker } from "../../worker_messages.ts";
import type { WorkerEvents, WorkerHandle } from "../deno/spawn_worker.ts";
import { workerEntry } from "./worker_entry.ts";

/** Flags of a program that is no file: a worker has them, too, and would not load from one. */
const OF_NO_FILE = /(^|\s)(--input-type|--eval|--print|-[ep]+(?=\s|$))/;

export function spawnWorker(
  events: WorkerEvents,
  entry: URL = workerEntry(),
): WorkerHandle {
  const { execArgv, env: { NODE_OPTIONS = "" } } = process;
  const isNoFile = [...execArgv, NODE_OPTIONS]
    .some((flags) => OF_NO_FILE.test(flags));
  // What its flags say holds for a worker as it is: a proxy, certificates, what is loaded first.
  const worker = isNoFile
    ? new Worker(`import(${JSON.stringify(entry.href)})`, {
      name: "rollouts",
      eval: true,
    })
    : new Worker(entry, { name: "rollouts" });
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
    // `node --watch`, and what a program has loaded into all its threads, send others.
    if (!isOver && Array.isArray(message?.outcomes)) events.onMessage(message);
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
