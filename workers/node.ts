/**
 * The worker that sends requests, on Node. Only the npm package has it.
 *
 * @module
 */

import { setImmediate } from "node:timers";
import { parentPort } from "node:worker_threads";
import { handleMessages } from "./handle_messages.ts";

if (parentPort === null) {
  throw new Error("workers/node.ts must run as a worker");
}
const port = parentPort;
// Node runs microtasks after each answer, and setImmediate() after all that have arrived.
port.on(
  "message",
  handleMessages((message) => port.postMessage(message), setImmediate),
);
