/** The global names under which Node's `fetch` finds its dispatcher. */
const DISPATCHERS = [
  Symbol.for("undici.globalDispatcher.2"),
  Symbol.for("undici.globalDispatcher.1"),
];

/** Sends requests: Node's own, or one that the program has set, for a proxy or certificates. */
interface Dispatcher {
  dispatch(options: object, handler: unknown): boolean;
}

/**
 * Removes the time limits of `fetch` in this thread, so that only its signal ends it. By default it fails
 * after five minutes without a byte, and a model that thinks for longer would be paid twice.
 */
export async function liftFetchLimits(): Promise<void> {
  // The first request creates the dispatcher.
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
