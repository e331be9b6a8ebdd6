import { disconnectRedis } from "./disconnect_redis.ts";
import { Redis } from "./npm_ioredis.ts";
import { QueueError, queueError, shownAddress } from "./redis_error.ts";

/** What a connection is made of. */
export interface ConnectRedisOptions {
  /** The address: `redis://…` or, with TLS, `rediss://…`. */
  readonly url: string;
  /** Told what the user should know: that Redis is away, or set up so that a restart loses results. */
  readonly warn: (message: string) => void;
}

/** The longest time between two attempts to connect again, in milliseconds. */
const MAX_RECONNECT_MS = 2_000;

/** How long the first connection may take, in milliseconds. */
const CONNECT_TIMEOUT_MS = 10_000;

/**
 * Connects to Redis, and shows that a queue can be kept in it. The first connection fails at once where
 * there is none; one that breaks later is made again, however long it takes, and commands wait for that.
 *
 * @throws {QueueError} Where it cannot be reached, refuses the password, or would throw results away.
 */
export async function connectRedis(
  { url, warn }: ConnectRedisOptions,
): Promise<Redis> {
  let wasUp = false;
  let isAway = false;
  let first: unknown = null;
  const redis = new Redis(url, {
    lazyConnect: true,
    connectTimeout: CONNECT_TIMEOUT_MS,
    // A command waits for the connection; it does not fail after some attempts.
    maxRetriesPerRequest: null,
    // What is asked for in one turn of the event loop goes out in one piece.
    enableAutoPipelining: true,
    retryStrategy: (times) =>
      wasUp ? Math.min(MAX_RECONNECT_MS, 100 * times) : null,
  });
  redis.on("error", (error) => {
    first ??= error;
    if (!wasUp || isAway) return;
    isAway = true;
    warn(`${queueError(url, error).message}; waiting for it`);
  });
  redis.on("ready", () => {
    if (isAway) warn(`the queue's Redis at ${shownAddress(url)} is back`);
    isAway = false;
  });
  try {
    await redis.connect();
    await check(redis, { url, warn });
  } catch (error) {
    await disconnectRedis(redis);
    throw error instanceof QueueError ? error : queueError(url, first ?? error);
  }
  wasUp = true;
  return redis;
}

async function check(
  redis: Redis,
  { url, warn }: ConnectRedisOptions,
): Promise<void> {
  const info = await redis.info();
  const value = (name: string) =>
    new RegExp(`^${name}:(.*?)\\r?$`, "m").exec(info)?.[1];
  const policy = value("maxmemory_policy");
  const maxMemory = Number(value("maxmemory") ?? 0);
  if (maxMemory > 0 && policy !== undefined && policy !== "noeviction") {
    throw new QueueError(
      `the queue's Redis at ${
        shownAddress(url)
      } throws keys away when its memory is full (maxmemory-policy ${policy}), ` +
        "and with them results that are paid: set maxmemory-policy noeviction",
    );
  }
  if (value("aof_enabled") === "0") {
    warn(
      `the queue's Redis at ${
        shownAddress(url)
      } keeps no append-only file: a restart loses what waits in it; set appendonly yes`,
    );
  }
}
