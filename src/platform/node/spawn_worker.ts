import process from "node:process";
import { Worker } from "node:worker_threads";
import type { SpawnWorker } from "../spawn_worker.ts";
import { reasonOf } from "../../util/reason_of.ts";

/** Flags of a program that is not a file. A worker inherits them and then cannot load from a file. */
const EVAL_FLAGS = /(^|\s)(--input-type|--eval|--print|-[ep]+(?=\s|$))/;

/** Starts a worker thread on Node. */
export const spawnWorker = ((events, entry = requestWorker()) => {
  const { execArgv, env: { NODE_OPTIONS = "" } } = process;
  const isEval = [...execArgv, NODE_OPTIONS]
    .some((flags) => EVAL_FLAGS.test(flags));
  // A worker inherits the flags otherwise: for a proxy, certificates, or modules to preload.
  const worker = isEval
    ? new Worker(`import(${JSON.stringify(entry.href)})`, {
      name: "rollouts",
      eval: true,
    })
    : new Worker(entry, { name: "rollouts" });
  let isOver = false;
  const terminate = () => {
    isOver = true;
    worker.terminate();
  };
  const crash = (reason: string) => {
    if (isOver) return;
    terminate();
    events.onCrash(reason);
  };
  worker.on("message", (message) => {
    // `node --watch` and modules that a program preloads into every thread post messages, too.
    if (!isOver && Array.isArray(message?.outcomes)) events.onMessage(message);
  });
  worker.on("error", (error) => crash(reasonOf(error)));
  worker.on("messageerror", () => crash("its message could not be read"));
  worker.on("exit", (code) => crash(`it ended with code ${code}`));
  return { post: (message) => worker.postMessage(message), terminate };
}) satisfies SpawnWorker;

/**
 * In the package, the worker is in the same folder as the bundle of this code. The name is
 * specific, because a user's bundler may move that file to a folder with another worker.
 */
function requestWorker(): URL {
  return new URL("./rollouts-worker.js", import.meta.url);
}
