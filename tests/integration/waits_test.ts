import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { ApiError, RequestTimeoutError } from "../../mod.ts";
import { MockOpenRouter } from "../../src/testing/mod.ts";
import { mockClient } from "../support/mock_client.ts";
import { recordedLogger } from "../support/recorded_logger.ts";
import { until } from "../support/until.ts";

const PROMPT = "What is 5*10?";
const FREE = "deepseek/deepseek-r1:free";

Deno.test("a model that has to wait for an hour stops no other model of the process", async () => {
  await using mock = await MockOpenRouter.start({
    faults: ({ model }) =>
      model === FREE
        ? {
          type: "status",
          status: 429,
          rateLimit: {
            limit: 50,
            remaining: 0,
            reset: Date.now() + 3_500_000,
          },
        }
        : null,
  });
  await using client = mockClient(mock);
  const abort = new AbortController();
  const waiting = client.generate(PROMPT, {
    model: FREE,
    nSamples: 100,
    signal: abort.signal,
  });
  waiting.catch(() => {});
  await until(() => mock.started > 0 && mock.inFlight === 0);
  const { length } = await client.generate(PROMPT, { nSamples: 100 });
  assertEquals(length, 100);
  abort.abort();
});

Deno.test("samples fail at once if the wait is longer than maxElapsedMs or maxRetryAfterMs", async () => {
  await using mock = await MockOpenRouter.start({
    faults: { type: "status", status: 429, retryAfter: 7_200 },
  });
  await using client = mockClient(mock);
  for (
    const [options, allowed] of [
      [{ maxElapsedMs: 60_000, apiKey: "sk-1" }, "60 s"],
      [{ apiKey: "sk-2" }, "3600 s"],
      [{ maxRetryAfterMs: 1_000, apiKey: "sk-3" }, "1 s"],
    ] as const
  ) {
    mock.reset();
    const { errors } = await client.generate(PROMPT, {
      nSamples: 500,
      ...options,
    });
    assertEquals(errors.size, 500);
    for (const error of errors.values()) {
      assert(error instanceof ApiError);
      assertStringIncludes(error.message, "the server asks to wait 7");
      assertStringIncludes(error.message, `allow ${allowed}`);
    }
    // Only the requests that were in flight when the first answer came were sent.
    assert(mock.started <= 128, `${mock.started}`);
  }
});

Deno.test("a request that times out is retried twice, with a warning that names cost and timeoutMs", async () => {
  await using mock = await MockOpenRouter.start({
    faults: { type: "stall_before" },
  });
  const messages: string[] = [];
  await using client = mockClient(mock, {
    // Long enough to connect on a busy machine: a request that cannot connect in time is not sent.
    timeoutMs: 1_000,
    maxCostUsd: 1,
    logger: recordedLogger(messages),
  });
  const { errors } = await client.generate(PROMPT);
  assert(errors.get(0) instanceof RequestTimeoutError);
  assertEquals(mock.started, 3);
  assertEquals(messages.length, 1);
  assertStringIncludes(messages[0]!, "timeoutMs (1000 ms)");
  assertStringIncludes(messages[0]!, "for up to $0.00");
});
