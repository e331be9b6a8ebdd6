/**
 * The Redis client, in the version that BullMQ uses. `npm_bullmq.ts` explains why it is here.
 *
 * @module
 */

export { Redis } from "npm:ioredis@5.11.1";
