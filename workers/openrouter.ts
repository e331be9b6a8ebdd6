/**
 * The worker that sends requests, as Deno runs it.
 *
 * @module
 */

/// <reference no-default-lib="true" />
/// <reference lib="deno.worker" />

import type { ToWorker } from "../src/worker_messages.ts";
import { answerRequests } from "./answer_requests.ts";

const answer = answerRequests((message) => self.postMessage(message));
self.onmessage = ({ data }: MessageEvent<ToWorker>) => answer(data);
