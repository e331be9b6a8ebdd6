/**
 * The worker that sends requests, as Node runs it.
 *
 * @module
 */

import { parentPort } from "node:worker_threads";
import { answerRequests } from "../../../workers/answer_requests.ts";
import { liftFetchLimits } from "./lift_fetch_limits.ts";

if (parentPort === null) throw new Error("it is to be started as a worker");
const port = parentPort;
await liftFetchLimits();
port.on("message", answerRequests((message) => port.postMessage(message)));
