/** Whether a value is the address of a Redis, `redis://…` or `rediss://…`, perhaps with a password and the number of a database. */
export function isQueueAddress(value: unknown): value is string {
  if (typeof value !== "string" || !URL.canParse(value)) return false;
  const { protocol, hostname, pathname } = new URL(value);
  return /^rediss?:$/.test(protocol) && hostname !== "" &&
    /^(\/\d*)?$/.test(pathname);
}
