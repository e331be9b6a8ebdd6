/** Node's `fetch` finds what sends its requests under one of these. */
const DISPATCHERS = [
  Symbol.for("undici.globalDispatcher.2"),
  Symbol.for("undici.globalDispatcher.1"),
];

/** What sends requests: Node's own, or one that the program has put in its place, for a proxy or certificates. */
interface Dispatcher {
  dispatch(options: object, handler: unknown): boolean;
}

/**
 * Has `fetch` wait for an answer as long as its signal lets it. Of its own it gives up after five minutes
 * without a byte, and a model that thinks for longer would be asked, and paid, again. It changes the thread
 * that it is called in, and no other.
 */
export async function liftFetchLimits(): Promise<void> {
  // With the first request it comes into being.
  await fetch("data:,");
  const globals: Record<symbol, Dispatcher | undefined> = globalThis;
  for (const name of DISPATCHERS) {
    const dispatcher = globals[name];
    if (dispatcher !== undefined) globals[name] = withoutLimits(dispatcher);
  }
}

function withoutLimits(dispatcher: Dispatcher): Dispatcher {
  const dispatch: Dispatcher["dispatch"] = (options, handler) =>
    dispatcher.dispatch(
      { ...options, headersTimeout: 0, bodyTimeout: 0 },
      handler,
    );
  return new Proxy(dispatcher, {
    get: (target, name) =>
      name === "dispatch" ? dispatch : Reflect.get(target, name, target),
  });
}
