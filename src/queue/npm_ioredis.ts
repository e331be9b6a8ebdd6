/**
 * The connection to Redis, in the version that BullMQ takes, for the reason that `npm_bullmq.ts` gives.
 *
 * @module
 */

export { Redis } from "npm:ioredis@5.11.1";
