/**
 * BullMQ. Its version is here and not in `deno.json`, whose packages Deno downloads before any task runs. Only
 * queues need it.
 *
 * @module
 */

export {
  type Job,
  Queue,
  QueueEvents,
  UnrecoverableError,
  WaitingError,
  Worker,
} from "npm:bullmq@5.81.5";
