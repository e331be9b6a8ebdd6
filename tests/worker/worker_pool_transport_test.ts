import { assert, assertEquals, assertRejects } from "@std/assert";
import type { PreparedRequest } from "../../src/prepared_request.ts";
import { WorkerPoolTransport } from "../../src/transport/worker_pool_transport.ts";
import { spawnWorker } from "../../src/platform/deno/spawn_worker.ts";
import { MockOpenRouter } from "../../src/testing/mod.ts";
import { never } from "../support/never.ts";
import { until } from "../support/until.ts";
import { preparedRequest } from "../support/prepared_request.ts";

const CRASHING = new URL("../support/crashing_worker.ts", import.meta.url);
const MISSING = new URL("../support/no_such_worker.ts", import.meta.url);

function pool(entry?: URL, size = 2): WorkerPoolTransport {
  return new WorkerPoolTransport({
    size,
    spawn: (events) => spawnWorker(events, entry),
  });
}

function request(seed: number, url = "http://127.0.0.1:1/"): PreparedRequest {
  return preparedRequest({
    url,
    headers: { "Authorization": "Bearer sk-test" },
    body: JSON.stringify({
      model: "qwen/qwq-32b",
      messages: [{ role: "user", content: "Hi" }],
      seed,
    }),
    model: "qwen/qwq-32b",
    seed,
  });
}

async function failureOf(workers: WorkerPoolTransport, seed: number) {
  const outcome = await workers.send(request(seed), { signal: never() });
  assert(outcome.type === "failure");
  return outcome.failure;
}

Deno.test("WorkerPoolTransport.send() sends a request through a real worker", async () => {
  await using mock = await MockOpenRouter.start();
  const workers = pool();
  const url = `${mock.baseUrl}/chat/completions`;
  const outcome = await workers.send(request(4, url), { signal: never() });
  assert(outcome.type === "answer");
  assertEquals(outcome.response.seed, 4);
  workers.close();
});

Deno.test("WorkerPoolTransport.send() replaces a crashed worker, and returns retryable failures", async () => {
  const workers = pool(CRASHING, 1);
  const [first, second] = await Promise.all(
    [1, 3].map((seed) => failureOf(workers, seed)),
  );
  for (const failure of [first!, second!]) {
    assert(failure.kind === "worker" && failure.retryable);
    assert(failure.message.includes("crashed at seed 1"), failure.message);
  }
  assertEquals((await failureOf(workers, 2)).message, "answered 2");
  workers.close();
});

Deno.test("WorkerPoolTransport.send() returns a final failure when three workers in a row crash", async () => {
  const workers = pool(CRASHING, 1);
  const retryable = [];
  for (const seed of [1, 1, 2, 1, 1, 1]) {
    const failure = await failureOf(workers, seed);
    retryable.push(failure.kind === "worker" ? failure.retryable : "answered");
  }
  assertEquals(retryable, [true, true, "answered", true, true, false]);
  workers.close();
});

Deno.test("WorkerPoolTransport.send() returns a failure when a worker does not load", async () => {
  const workers = pool(MISSING);
  const failure = await failureOf(workers, 0);
  assert(failure.kind === "worker" && failure.retryable);
  assert(failure.message.includes("did not load: "), failure.message);
  workers.close();
});

Deno.test("WorkerPoolTransport.send() cancels the request when it is aborted", async () => {
  await using mock = await MockOpenRouter.start({ latencyMs: 60_000 });
  const workers = pool();
  const caller = new AbortController();
  const url = `${mock.baseUrl}/chat/completions`;
  const sent = workers.send(request(0, url), { signal: caller.signal });
  // It keeps the worker alive: when a worker exits, the other request fails, too.
  const other = workers.send(request(1, url), { signal: never() });
  await until(() => mock.inFlight === 2);
  caller.abort(new Error("enough"));
  await assertRejects(() => sent, Error, "enough");
  await until(() => mock.inFlight === 1);
  workers.close();
  assertEquals((await other).type, "failure");
});

Deno.test("WorkerPoolTransport ends idle workers", async () => {
  const workers = pool(CRASHING);
  await failureOf(workers, 2);
  assertEquals(workers.workers, 1);
  await until(() => workers.workers === 0);
});

Deno.test("WorkerPoolTransport.close() fails pending and later requests", async () => {
  await using mock = await MockOpenRouter.start({ latencyMs: 60_000 });
  const workers = pool();
  const url = `${mock.baseUrl}/chat/completions`;
  const sent = workers.send(request(0, url), { signal: never() });
  await until(() => mock.inFlight === 1);
  workers.close();
  for (
    const outcome of [
      await sent,
      await workers.send(request(1), { signal: never() }),
    ]
  ) {
    assert(outcome.type === "failure" && outcome.failure.kind === "worker");
    assertEquals(outcome.failure.retryable, false);
  }
});
