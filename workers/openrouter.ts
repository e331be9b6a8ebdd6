/**
 * The worker that sends requests, as Deno runs it.
 *
 * @module
 */

/// <reference no-default-lib="true" />
/// <reference lib="deno.worker" />

import type { ToWorker } from "../src/worker_messages.ts";
import { handleMessages } from "./handle_messages.ts";

const handle = handleMessages(
  (message) => self.postMessage(message),
  queueMicrotask,
);
self.onmessage = ({ data }: MessageEvent<ToWorker>) => handle(data);
