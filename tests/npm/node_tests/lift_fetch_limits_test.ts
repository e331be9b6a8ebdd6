import { assertEquals, assertRejects } from "@std/assert";
import { liftFetchLimits } from "../../../src/platform/node/lift_fetch_limits.ts";
import { serveHttp } from "../../../src/platform/node/serve_http.ts";

const NAMES = ["undici.globalDispatcher.1", "undici.globalDispatcher.2"]
  .map((name) => Symbol.for(name));

interface Dispatcher {
  dispatch(options: object, handler: unknown): boolean;
}

const globals = globalThis as unknown as Record<symbol, object | undefined>;

/** Sets the dispatcher that `make` returns for `fetch` while `run` runs. */
async function withDispatcher(
  make: (own: object) => object,
  run: () => Promise<void>,
): Promise<void> {
  await fetch("data:,");
  const before = NAMES.map((name) => globals[name]);
  NAMES.forEach((name, index) => {
    const own = before[index];
    if (own !== undefined) globals[name] = make(own);
  });
  try {
    await run();
  } finally {
    NAMES.forEach((name, index) => {
      if (before[index] !== undefined) globals[name] = before[index];
    });
  }
}

Deno.test("liftFetchLimits() lets fetch wait longer than Node's own limits", async () => {
  const server = await serveHttp(async () => {
    await new Promise((resolve) => setTimeout(resolve, 2500));
    return new Response("late");
  });
  const ask = () => fetch(`http://127.0.0.1:${server.port}/`);
  const impatient = (own: object) => {
    const Agent =
      (Object.getPrototypeOf(own).constructor.name === "Agent"
        ? own.constructor
        : Object.getPrototypeOf(own.constructor)) as new (
          options: object,
        ) => object;
    return new Agent({ headersTimeout: 1000, bodyTimeout: 1000 });
  };
  await withDispatcher(impatient, async () => {
    await assertRejects(ask, TypeError);
    await liftFetchLimits();
    assertEquals(await (await ask()).text(), "late");
  });
  await server.close();
});

Deno.test("liftFetchLimits() respects a dispatcher that the program has set", async () => {
  const server = await serveHttp(() => new Response("here"));
  const seen: object[] = [];
  class Recorder {
    #own: Dispatcher;
    constructor(own: Dispatcher) {
      this.#own = own;
    }
    dispatch(options: object, handler: unknown): boolean {
      seen.push(options);
      return this.#own.dispatch(options, handler);
    }
  }
  await withDispatcher((own) => new Recorder(own as Dispatcher), async () => {
    await liftFetchLimits();
    const answer = await fetch(`http://127.0.0.1:${server.port}/a`);
    assertEquals(await answer.text(), "here");
  });
  const [{ path, headersTimeout, bodyTimeout }] = seen as [
    Record<string, unknown>,
  ];
  assertEquals([path, headersTimeout, bodyTimeout], ["/a", 0, 0]);
  await server.close();
});
