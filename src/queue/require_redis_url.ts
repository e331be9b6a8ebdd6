/**
 * Checks the URL of a Redis server. The message does not contain it, since it may have a password.
 *
 * @throws {TypeError} If it is not one.
 */
export function requireRedisUrl(url: unknown): asserts url is string {
  if (isRedisUrl(url)) return;
  throw new TypeError(
    "queue must be the address of a Redis, such as redis://127.0.0.1:6379",
  );
}

/** Returns whether a value is `redis://…` or `rediss://…`, perhaps with a password and the number of a database. */
function isRedisUrl(value: unknown): value is string {
  if (typeof value !== "string" || !URL.canParse(value)) return false;
  const { protocol, hostname, pathname } = new URL(value);
  return /^rediss?:$/.test(protocol) && hostname !== "" &&
    /^(\/\d*)?$/.test(pathname);
}
