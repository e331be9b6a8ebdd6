import type { QueueOutletClass } from "../deno/load_queue_outlet.ts";
import { queueNotLoaded } from "./queue_not_loaded.ts";

export async function loadQueueOutlet(): Promise<QueueOutletClass> {
  const { QueueOutlet } = await import("../../queue/queue_outlet.ts")
    .catch(queueNotLoaded);
  return QueueOutlet;
}
