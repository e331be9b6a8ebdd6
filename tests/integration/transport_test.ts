import { assert, assertEquals, assertRejects, assertThrows } from "@std/assert";
import {
  type Outcome,
  type PreparedRequest,
  RolloutsClient,
  type Transport,
} from "../../mod.ts";
import { MockOpenRouter } from "../../src/testing/mod.ts";
import { mockClient, MODEL } from "../support/mock_client.ts";
import { recordedLogger } from "../support/recorded_logger.ts";
import { responseData } from "../support/response_data.ts";
import { TempDir } from "../support/temp_dir.ts";

const PROMPT = "What is 5*10?";

/** A third-party transport, which answers from a map, by prompt. */
class MapTransport implements Transport {
  readonly requests: PreparedRequest[] = [];

  constructor(readonly answers: ReadonlyMap<string, string>) {}

  send(request: PreparedRequest): Promise<Outcome> {
    this.requests.push(request);
    const { messages: [message] } = JSON.parse(request.body);
    const content = this.answers.get(message.content)!;
    const { full: _, raw: __, ...response } = responseData({
      content,
      seed: request.seed,
    });
    return Promise.resolve({
      type: "answer",
      response: { ...response, rawJson: "{}" },
    });
  }
}

Deno.test("RolloutsClient samples through a custom transport, without a key", async () => {
  await using dir = new TempDir();
  const transport = new MapTransport(new Map([[PROMPT, "50"]]));
  const options = { model: MODEL, transport, cacheDir: dir.path };
  await using client = new RolloutsClient(options);
  const first = await client.generate(PROMPT, {
    nSamples: 3,
    maxConcurrency: 2,
  });
  assertEquals(first.getContents(), ["50", "50", "50"]);
  const again = await client.generate(PROMPT, { nSamples: 3 });
  assertEquals(again.responses.map(({ cached }) => cached), [true, true, true]);
  const [request] = transport.requests;
  assertEquals(transport.requests.length, 3);
  assertEquals(request!.headers.Authorization, undefined);
  assertEquals(request!.limits.maxConcurrency, 2);
  assert(request!.sampleId!.endsWith(" 0"));
});

Deno.test("RolloutsClient stops and closes its custom transport", async () => {
  const calls: string[] = [];
  const transport: Transport = {
    send: () => Promise.reject(new Error("nothing is sent")),
    stop: () => {
      calls.push("stop");
    },
    close: () => {
      calls.push("close");
    },
  };
  const client = new RolloutsClient({
    model: MODEL,
    transport,
    useCache: false,
  });
  client.stop();
  const { errors } = await client.generate(PROMPT);
  assertEquals(errors.get(0)?.name, "StoppedError");
  await client.close();
  assertEquals(calls, ["stop", "close"]);
});

Deno.test("RolloutsClient stops when a transport withdraws its requests", async () => {
  const transport: Transport = {
    send: () =>
      Promise.resolve({
        type: "failure",
        failure: { kind: "unsent", why: "stopped", message: "drained" },
      }),
  };
  await using client = new RolloutsClient({
    model: MODEL,
    transport,
    useCache: false,
    maxConcurrency: 1,
  });
  const { errors } = await client.generate(PROMPT, { nSamples: 5 });
  assertEquals(
    [...errors.values()].map(({ name, message }) => [name, message]),
    Array(5).fill(["StoppedError", "drained"]),
  );
});

Deno.test("RolloutsClient rejects a transport without send(), and options that it would ignore", () => {
  const transport = { send: () => Promise.reject() };
  for (
    const [options, message] of [
      [{ transport: {} }, "transport must be an object with a send method"],
      [{ transport, workers: 2 }, "workers has no effect with transport"],
      [{ transport, fetch }, "fetch has no effect with transport"],
    ] as const
  ) {
    assertThrows(
      () => new RolloutsClient({ model: MODEL, ...options as object }),
      TypeError,
      message,
    );
  }
});

Deno.test("RolloutsClient sends with the caller's fetch from the main thread", async () => {
  await using mock = await MockOpenRouter.start();
  const urls: string[] = [];
  await using client = mockClient(mock, {
    fetch: (input, init) => {
      urls.push(String(input));
      return fetch(input, init);
    },
  });
  const { length } = await client.generate(PROMPT, { nSamples: 2 });
  assertEquals([length, urls.length], [2, 2]);
});

Deno.test("RolloutsClient requests prices, endpoints, models, and slugs with the caller's fetch", async () => {
  await using mock = await MockOpenRouter.start();
  // Only this function reaches the server.
  const baseUrl = "http://model.example/api/v1";
  const paths = new Set<string>();
  const messages: string[] = [];
  await using client = mockClient(mock, {
    baseUrl,
    logger: recordedLogger(messages),
    fetch: (input, init) => {
      const path = String(input).slice(baseUrl.length);
      paths.add(path);
      return fetch(mock.baseUrl + path, init);
    },
  });
  const { errors } = await client.generate(PROMPT, {
    maxCostUsd: 1,
    pinProvider: true,
    nSamples: 2,
  });
  assertEquals(errors.size, 0);
  const { endpoints } = await client.probePrefill({ nSeeds: 1 });
  assert(endpoints.length > 1);
  const model = `${MODEL}x`;
  await assertRejects(() => client.generate(PROMPT, { model }));
  assertEquals(messages, [
    `unknown model "${model}"; did you mean "${MODEL}"?`,
  ]);
  assertEquals([...paths].sort(), [
    "/chat/completions",
    "/completions",
    "/models",
    `/models/${MODEL}/endpoints`,
    "/providers",
  ]);
});

Deno.test("headers of the client are sent, and neither stored nor part of the cache key", async () => {
  await using mock = await MockOpenRouter.start();
  await using dir = new TempDir();
  const headers = { "X-Study": "a secret study" };
  await using client = mockClient(mock, { cacheDir: dir.path, headers });
  const { cacheDir } = await client.generate(PROMPT);
  assertEquals(mock.requests[0]!.headers["x-study"], "a secret study");
  const text = Deno.readTextFileSync(`${cacheDir}/seed_00000.json`);
  assert(!text.includes("secret study"));
  await using plain = mockClient(mock, { cacheDir: dir.path });
  const { responses } = await plain.generate(PROMPT);
  assertEquals(responses[0]!.cached, true);
});

Deno.test("logger receives messages from logLevel on, and each warning once", async () => {
  await using mock = await MockOpenRouter.start();
  const sampleWith = async (options: object) => {
    const messages: string[] = [];
    const logger = recordedLogger(messages);
    await using client = mockClient(mock, {
      logger,
      logprobs: true,
      ...options,
    });
    await client.generate(PROMPT);
    await client.generate(PROMPT);
    return messages;
  };
  const [warning, ...others] = await sampleWith({});
  assert(warning!.startsWith("logprobs: not every provider"));
  assertEquals(others, []);
  assertEquals(await sampleWith({ logLevel: "off" }), []);
  const debug = await sampleWith({ logLevel: "debug" });
  assert(
    debug.some((message) => message.includes("0 of 1 sample cached")),
  );
  assertEquals(
    (await sampleWith({ verbose: true })).length,
    debug.length,
  );
});

Deno.test("a transport that throws ends the call with its error", async () => {
  const transport: Transport = {
    send: () => Promise.reject(new Error("a fault of the transport")),
  };
  await using client = new RolloutsClient({
    model: MODEL,
    transport,
    useCache: false,
  });
  await assertRejects(
    () => client.generate(PROMPT),
    Error,
    "a fault of the transport",
  );
});
