/** Node's `fetch` keeps what sends its requests under one of these, the newest releases under the first. */
const DISPATCHERS = [
  Symbol.for("undici.globalDispatcher.2"),
  Symbol.for("undici.globalDispatcher.1"),
];

type Dispatcher = new (options: {
  readonly headersTimeout: number;
  readonly bodyTimeout: number;
}) => object;

/**
 * Has `fetch` wait for an answer as long as its signal lets it. Of its own it gives up after five minutes
 * without a byte, and a model that thinks for longer would be asked, and paid, again. It changes the thread
 * that it is called in, and no other.
 */
export async function liftFetchLimits(): Promise<void> {
  // With the first request it comes into being.
  await fetch("data:,");
  const globals: Record<symbol, unknown> = globalThis;
  const name = DISPATCHERS.find((name) => globals[name] !== undefined);
  if (name === undefined) return;
  const { constructor } = globals[name] as { constructor: Dispatcher };
  globals[name] = new constructor({ headersTimeout: 0, bodyTimeout: 0 });
}
