import type { Redis } from "./npm_ioredis.ts";

/** Closes a connection, and waits until it is closed. Pending commands fail. */
export async function disconnectRedis(redis: Redis): Promise<void> {
  if (redis.status === "end") return;
  await new Promise<void>((resolve) => {
    redis.once("end", () => resolve());
    redis.disconnect();
  });
}
