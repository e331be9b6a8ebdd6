import { assertEquals, assertRejects } from "@std/assert";
import {
  type ClientOptions,
  RolloutsClient,
  RolloutsError,
} from "../../mod.ts";
import { startLookAlike } from "../support/look_alike.ts";
import { LOOK_ALIKES } from "../support/look_alikes.ts";
import { recordedLogger } from "../support/recorded_logger.ts";
import { serve } from "../support/serve.ts";

const PROMPT = "What is 5*10?\n<think>\n5*1";

/** Requests for a prefilled sample with a `fetch` that answers the list of models with statuses first. */
async function sample(
  baseUrl: string,
  statuses: number[],
  options: Partial<ClientOptions> = {},
) {
  const asked: string[] = [];
  const messages: string[] = [];
  await using client = new RolloutsClient({
    model: "tiny",
    baseUrl,
    useCache: false,
    maxRetries: 2,
    logger: recordedLogger(messages),
    fetch: (input, init) => {
      const { pathname } = new URL(String(input));
      asked.push(pathname);
      const status = pathname === "/v1/models" ? statuses.shift() : undefined;
      return status === undefined
        ? fetch(input, init)
        : Promise.resolve(Response.json({}, { status }));
    },
    ...options,
  });
  const rollouts = await client.generate(PROMPT);
  return { asked, messages, rollouts };
}

Deno.test("generate() detects a server with the client's fetch, and retries after transient errors", async () => {
  await using mock = await startLookAlike(LOOK_ALIKES.vllm);
  const { asked, messages, rollouts } = await sample(mock.baseUrl, [503, 429]);
  assertEquals(asked, [
    "/v1/models",
    "/v1/models",
    "/v1/models",
    "/v1/chat/completions",
  ]);
  assertEquals(rollouts.responses[0]?.prefill, "continued");
  assertEquals(
    messages.filter((text) => text.includes("cannot detect")).length,
    1,
    messages.join("\n"),
  );
});

Deno.test("generate() does not guess the kind of a server that rejects the key or stays busy", async () => {
  await using mock = await startLookAlike(LOOK_ALIKES.vllm);
  for (const status of [401, 403, 429]) {
    const error = await assertRejects(
      () => sample(mock.baseUrl, Array(9).fill(status)),
      RolloutsError,
    );
    assertEquals((error as { status?: number }).status, status);
  }
  assertEquals(mock.bodies, []);
});

Deno.test("generate() of a client with a transport asks for the option server", async () => {
  await using mock = await startLookAlike(LOOK_ALIKES.vllm);
  const transport = {
    send: () => Promise.reject(new Error("nothing may be sent")),
  };
  const options = { fetch: undefined, transport };
  await assertRejects(
    () => sample(mock.baseUrl, [], options),
    RolloutsError,
    "set server to the kind of server",
  );
  assertEquals(mock.paths, []);
});

Deno.test("an aborted or stopped detection ends without a request for a sample", async () => {
  const requests: string[] = [];
  await using server = await serve((request) => {
    requests.push(new URL(request.url).pathname);
    return new Response(null, {
      status: 503,
      headers: { "retry-after": "100" },
    });
  });
  for (const end of ["abort", "stop"] as const) {
    requests.length = 0;
    let onRetry = () => {};
    const isRetried = new Promise<void>((resolve) => onRetry = resolve);
    await using client = new RolloutsClient({
      model: "tiny",
      baseUrl: `${server.url}/v1`,
      useCache: false,
      logger: {
        debug: () => {},
        info: () => {},
        warn: () => onRetry(),
        error: () => {},
      },
    });
    const abort = new AbortController();
    const sampling = client.generate(PROMPT, { signal: abort.signal });
    await isRetried;
    if (end === "abort") {
      abort.abort(new Error("enough"));
      await assertRejects(() => sampling, Error, "enough");
    } else {
      client.stop();
      const { errors } = await sampling;
      assertEquals(errors.get(0)?.name, "StoppedError");
    }
    assertEquals(requests, ["/v1/models"]);
  }
});

Deno.test("maxCostUsd reports that prices cannot be read, with the key of the server", async () => {
  const keys: (string | null)[] = [];
  await using server = await serve((request) => {
    keys.push(request.headers.get("authorization"));
    return Response.json({ error: { message: "slow down" } }, { status: 403 });
  });
  await using client = new RolloutsClient({
    model: "tiny",
    baseUrl: `${server.url}/v1`,
    apiKey: "sk-own",
    useCache: false,
    maxRetries: 0,
  });
  await assertRejects(
    () => client.generate("Hi", { maxCostUsd: 1 }),
    RolloutsError,
    "slow down",
  );
  const plan = await client.plan("Hi");
  assertEquals([plan.missing, plan.maxCostUsd], [1, null]);
  assertEquals(keys, ["Bearer sk-own", "Bearer sk-own"]);
});
