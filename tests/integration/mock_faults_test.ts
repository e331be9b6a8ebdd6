import { assert, assertEquals, assertMatch, assertRejects } from "@std/assert";
import {
  type Fault,
  MockOpenRouter,
  type MockRequestRecord,
} from "../../src/testing/mod.ts";
import { askMock, askMockJson } from "../support/ask_mock.ts";
import { until } from "../support/until.ts";

Deno.test("MockOpenRouter responds with a status fault and its headers", async () => {
  const fault: Fault = {
    type: "status",
    status: 429,
    message: "slow down",
    retryAfter: 3,
    metadata: { limit_source: "x" },
    availability: { retryable: true, retry_after: 3 },
    rateLimit: { limit: 20, remaining: 0, reset: 1_700_000_000_000 },
  };
  await using server = await MockOpenRouter.start({ faults: fault });
  const response = await askMock(server);
  assertEquals(response.status, 429);
  assertEquals(response.headers.get("Retry-After"), "3");
  assertEquals(response.headers.get("X-RateLimit-Remaining"), "0");
  assertEquals(await response.json(), {
    error: {
      code: 429,
      message: "slow down",
      metadata: { limit_source: "x" },
      availability: { retryable: true, retry_after: 3 },
    },
  });
  assertEquals(server.requests[0]?.outcome, "failed");
  server.setFaults(null);
  assertEquals((await askMockJson(server)).object, "chat.completion");
});

Deno.test("MockOpenRouter sends Retry-After as a date when the fault has one", async () => {
  const retryAfter = new Date("2026-08-01T12:00:00Z");
  await using server = await MockOpenRouter.start({
    faults: { type: "status", status: 503, retryAfter },
  });
  const response = await askMock(server);
  await response.body?.cancel();
  assertEquals(
    response.headers.get("Retry-After"),
    "Sat, 01 Aug 2026 12:00:00 GMT",
  );
});

Deno.test("MockOpenRouter fails as the request's headers specify", async () => {
  await using server = await MockOpenRouter.start();
  const response = await askMock(server, {}, {
    headers: {
      "X-Mock-Fault": "402",
      "X-Mock-Retry-After": "2",
      "X-Mock-Metadata": '{"reason":"in_flight_budget_exhausted"}',
      "X-Mock-Latency-Ms": "1",
    },
  });
  assertEquals(response.status, 402);
  assertEquals(response.headers.get("Retry-After"), "2");
  const { error } = await response.json();
  assertEquals(error.metadata.reason, "in_flight_budget_exhausted");
});

Deno.test("MockOpenRouter breaks the connection when the fault is connection_reset", async () => {
  await using server = await MockOpenRouter.start();
  for (const body of [{}, { stream: true }]) {
    await assertRejects(
      () =>
        askMock(server, body, {
          headers: { "X-Mock-Fault": "connection_reset" },
        }),
      TypeError,
    );
  }
  assertEquals(server.requests[0]?.outcome, "failed");
  assertEquals((await askMockJson(server)).object, "chat.completion");
});

Deno.test("MockOpenRouter breaks the body when the fault requires it", async () => {
  await using server = await MockOpenRouter.start();
  const faulty = async (
    fault: string,
    headers: Record<string, string> = {},
  ) => {
    const response = await askMock(server, {}, {
      headers: { "X-Mock-Fault": fault, ...headers },
    });
    return { status: response.status, text: await response.text() };
  };
  const cut = await faulty("truncated_body");
  assertEquals(cut.status, 200);
  assertMatch(cut.text, /^\s+\{"id":"gen-[^]*[^}]$/);
  assertEquals((await faulty("whitespace_only")).text.trim(), "");
  const page = await faulty("html_body");
  assertEquals(page.status, 502);
  assertMatch(page.text, /^<!DOCTYPE html>/);
  assertEquals(
    (await faulty("html_body", { "X-Mock-Status": "200" })).status,
    200,
  );
  assertEquals(JSON.parse((await faulty("empty_choices")).text).choices, []);
  const error = JSON.parse(
    (await faulty("error_in_200", { "X-Mock-Code": "503" })).text,
  );
  assertEquals([error.error.code, error.choices], [503, undefined]);
  const [choice] = JSON.parse((await faulty("choice_error")).text).choices;
  assertEquals([choice.finish_reason, choice.error.code], ["error", 502]);
  assertMatch(choice.message.content, /^5\*10/);
  assertEquals([server.answered, server.started], [0, 7]);
});

Deno.test("MockOpenRouter stalls until the client disconnects", async () => {
  for (const body of [{}, { stream: true }]) {
    for (
      const fault of [
        "stall_before",
        "stall_mid_body",
        "endless_whitespace",
        "endless_body",
      ]
    ) {
      await using server = await MockOpenRouter.start({ keepAliveMs: 1 });
      const headers = { "X-Mock-Fault": fault };
      await giveUp(
        server,
        (signal) => askMock(server, body, { headers, signal }),
        { hasHead: fault !== "stall_before" },
      );
      assertEquals(server.requests[0]?.outcome, "aborted");
    }
  }
});

Deno.test("MockOpenRouter drops a slow response when the client disconnects", async () => {
  await using server = await MockOpenRouter.start({ latencyMs: 60_000 });
  await giveUp(
    server,
    (signal) => askMock(server, {}, { signal }),
    { hasHead: true },
  );
  assertEquals([server.answered, server.inFlight], [0, 0]);
});

Deno.test("MockOpenRouter fails only the seeds and attempts that the function chooses", async () => {
  await using server = await MockOpenRouter.start({
    faults: ({ seed, attempt }) =>
      seed === 1 && attempt <= 2 ? { type: "status", status: 500 } : null,
  });
  const status = async (seed: number) => {
    const response = await askMock(server, { seed });
    await response.body?.cancel();
    return response.status;
  };
  assertEquals(
    [await status(0), await status(1), await status(1), await status(1)],
    [200, 500, 500, 200],
  );
  assertEquals(server.seeds.get(1), { started: 3, answered: 1 });
});

Deno.test("MockOpenRouter fails the same samples at random in every order", async () => {
  const seeds = Array.from({ length: 200 }, (_, seed) => seed);
  const failures = async (order: number[]) => {
    await using server = await MockOpenRouter.start({
      faults: {
        rate: 0.4,
        faults: [{ type: "status", status: 429 }, {
          type: "status",
          status: 503,
        }],
        maxAttempt: 1,
      },
    });
    const found = new Map<number, number>();
    for (const seed of order) {
      const first = await askMock(server, { seed });
      await first.body?.cancel();
      const second = await askMock(server, { seed });
      await second.body?.cancel();
      found.set(seed, first.status);
      assertEquals(second.status, 200);
    }
    return seeds.map((seed) => found.get(seed));
  };
  const statuses = await failures(seeds);
  assertEquals(statuses, await failures(seeds.toReversed()));
  const failed = statuses.filter((status) => status !== 200).length;
  assert(failed > 50 && failed < 110, `${failed} of 200 failed`);
  assert(statuses.includes(429) && statuses.includes(503));
});

/** Aborts a request after the server received it, and after the response head if there is one. */
async function giveUp(
  server: MockOpenRouter,
  ask: (signal: AbortSignal) => Promise<Response>,
  { hasHead }: { readonly hasHead: boolean },
): Promise<void> {
  const client = new AbortController();
  const asked = ask(client.signal);
  const read = assertRejects(
    async () => await (await asked).text(),
    DOMException,
  );
  await until(() => server.inFlight === 1);
  if (hasHead) await asked;
  client.abort();
  await read;
  // The server notices a moment later.
  const isPending = ({ outcome }: MockRequestRecord) => outcome === "pending";
  await until(() => !server.requests.some(isPending));
}
