import type { Outlet } from "../../client/outlet.ts";
import type { QueueOutletOptions } from "../../queue/queue_options.ts";

/** What makes a queue's outlet. */
export type QueueOutletClass = new (options: QueueOutletOptions) => Outlet;

/**
 * Loads what a queue takes. Its address is computed: what an import names Deno downloads for every
 * program that could reach it, and only who uses a queue needs BullMQ. In a checkout that needs the permission to
 * read the file, as the workers do.
 */
export async function loadQueueOutlet(): Promise<QueueOutletClass> {
  const address = new URL("../../queue/queue_outlet.ts", import.meta.url).href;
  const { QueueOutlet } = await import(address);
  return QueueOutlet;
}
