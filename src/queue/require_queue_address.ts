import { isQueueAddress } from "../options/is_queue_address.ts";

/**
 * Shows that a queue's address is one. It is not in the message: it may hold a password.
 *
 * @throws {TypeError} Where it is none.
 */
export function requireQueueAddress(queue: unknown): void {
  if (isQueueAddress(queue)) return;
  throw new TypeError(
    "queue must be the address of a Redis, such as redis://127.0.0.1:6379",
  );
}
