import { assert, assertEquals } from "@std/assert";
import { isFatal, retryDelayMs } from "../../src/scheduler/retry_policy.ts";
import { apiFailure } from "../support/api_failure.ts";

const STATE = {
  attempts: 1,
  maxRetries: 100,
  timeLeftMs: Infinity,
  random: 0.5,
};

Deno.test("retryDelayMs() doubles up to 60 s, with full jitter", () => {
  const at = (attempts: number, random: number) =>
    retryDelayMs(apiFailure(500).failure, { ...STATE, attempts, random });
  assertEquals([1, 2, 3, 4].map((attempts) => at(attempts, 0.5)), [
    250,
    500,
    1000,
    2000,
  ]);
  assertEquals(at(50, 0.999), 59_940);
  assertEquals(at(50, 0), 0);
});

Deno.test("retryDelayMs() waits as long as the API asks, without an upper cut", () => {
  const failure = apiFailure(429, { retryAfterMs: 3_600_000 }).failure;
  const delayMs = retryDelayMs(failure, STATE);
  assert(delayMs !== null && delayMs >= 3_600_000 && delayMs < 3_601_000);
});

Deno.test("retryDelayMs() gives up when a failure is final, or attempts or time are used up", () => {
  assertEquals(
    retryDelayMs(apiFailure(400, { retryable: false }).failure, STATE),
    null,
  );
  const retryable = apiFailure(500).failure;
  assertEquals(retryDelayMs(retryable, { ...STATE, attempts: 101 }), null);
  assert(retryDelayMs(retryable, { ...STATE, attempts: 100 }) !== null);
  const late = { ...STATE, timeLeftMs: 100 };
  assertEquals(retryDelayMs(retryable, late), null);
});

Deno.test("isFatal() is true for what concerns every request", () => {
  assert(isFatal(apiFailure(401, { retryable: false }).failure));
  assert(isFatal(apiFailure(402, { retryable: false }).failure));
  assert(!isFatal(apiFailure(402).failure));
  assert(!isFatal(apiFailure(400, { retryable: false }).failure));
  assert(isFatal({ kind: "network", message: "", retryable: false }));
  assert(isFatal({ kind: "worker", message: "", retryable: false }));
  assert(!isFatal({ kind: "timeout", message: "" }));
});
