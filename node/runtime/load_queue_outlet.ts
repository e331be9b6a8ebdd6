import type { QueueOutletClass } from "../../src/runtime/load_queue_outlet.ts";
import { queueLoadError } from "./queue_load_error.ts";

export async function loadQueueOutlet(): Promise<QueueOutletClass> {
  try {
    const { QueueOutlet } = await import("../../src/queue/queue_outlet.ts");
    return QueueOutlet;
  } catch (error) {
    throw queueLoadError(error);
  }
}
