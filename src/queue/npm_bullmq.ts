/**
 * The queue. Its version stands here and not in `deno.json`: what that names Deno downloads before any
 * task runs, and only who uses a queue needs it.
 *
 * @module
 */

export {
  type Job,
  Queue,
  QueueEvents,
  WaitingError,
  Worker,
} from "npm:bullmq@5.81.5";
