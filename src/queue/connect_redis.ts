import { Redis } from "./npm_ioredis.ts";
import { QueueError, queueError, shownUrl } from "./queue_error.ts";

export interface ConnectRedisOptions {
  /** The URL: `redis://…` or, with TLS, `rediss://…`. */
  readonly url: string;
  /** Receives warnings: Redis is unreachable, or configured so that a restart loses results. */
  readonly warn: (message: string) => void;
}

/** The longest delay before a reconnection, in milliseconds. */
const MAX_RECONNECT_MS = 2_000;

/** How long the first connection may take, in milliseconds. */
const CONNECT_TIMEOUT_MS = 10_000;

/**
 * Connects to Redis, and checks that it is suitable for a queue. If the first connection fails, so does the call. A
 * connection that breaks later is restored, however long it takes, and commands wait for it.
 *
 * @throws {QueueError} If Redis is unreachable, rejects the password, or would evict results.
 */
export async function connectRedis(
  { url, warn }: ConnectRedisOptions,
): Promise<Redis> {
  let isReady = false;
  let isDown = false;
  let first: unknown = null;
  const redis = new Redis(url, {
    lazyConnect: true,
    connectTimeout: CONNECT_TIMEOUT_MS,
    // Commands wait for the connection, instead of failing after some attempts.
    maxRetriesPerRequest: null,
    // Commands of one turn of the event loop are sent together.
    enableAutoPipelining: true,
    retryStrategy: (times) =>
      isReady ? Math.min(MAX_RECONNECT_MS, 100 * times) : null,
  });
  redis.on("error", (error) => {
    first ??= error;
    if (!isReady || isDown) return;
    isDown = true;
    warn(`${queueError(url, error).message}; waiting for it`);
  });
  redis.on("ready", () => {
    if (isDown) warn(`the queue's Redis at ${shownUrl(url)} is back`);
    isDown = false;
  });
  try {
    await redis.connect();
    // The library would stay in database 0 if the one of the URL does not exist.
    await redis.select(Number(new URL(url).pathname.slice(1)));
    await check(redis, { url, warn });
  } catch (error) {
    await disconnectRedis(redis);
    throw error instanceof QueueError ? error : queueError(url, first ?? error);
  }
  isReady = true;
  return redis;
}

/** Closes a connection, and waits until it is closed. Pending commands fail. */
export async function disconnectRedis(redis: Redis): Promise<void> {
  if (redis.status === "end") return;
  await new Promise<void>((resolve) => {
    redis.once("end", () => resolve());
    redis.disconnect();
  });
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
        shownUrl(url)
      } evicts keys when its memory is full (maxmemory-policy ${policy}), ` +
        "including paid results: set maxmemory-policy noeviction",
    );
  }
  if (value("aof_enabled") === "0") {
    warn(
      `the queue's Redis at ${
        shownUrl(url)
      } keeps no append-only file: a restart loses what waits in it; set appendonly yes`,
    );
  }
}
