import type { QueueOutletClass } from "../../src/runtime/load_queue_outlet.ts";

export async function loadQueueOutlet(): Promise<QueueOutletClass> {
  const { QueueOutlet } = await import("../../src/queue/queue_outlet.ts");
  return QueueOutlet;
}
