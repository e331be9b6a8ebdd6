import { assert, assertEquals } from "@std/assert";
import type { Failure } from "../../src/outcome.ts";
import { isFatal, retryDelayMs } from "../../src/scheduler/retry_policy.ts";

const STATE = {
  attempts: 1,
  maxRetries: 100,
  timeLeftMs: Infinity,
  random: 0.5,
};

function api(
  status: number,
  retryable: boolean,
  retryAfterMs: number | null = null,
): Failure {
  return {
    kind: "api",
    message: "",
    status,
    code: null,
    provider: null,
    retryable,
    retryAfterMs,
  };
}

Deno.test("retryDelayMs() doubles up to 60 s, with full jitter", () => {
  const at = (attempts: number, random: number) =>
    retryDelayMs(api(500, true), { ...STATE, attempts, random });
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
  const failure = api(429, true, 3_600_000);
  const delayMs = retryDelayMs(failure, STATE);
  assert(delayMs !== null && delayMs >= 3_600_000 && delayMs < 3_601_000);
});

Deno.test("retryDelayMs() gives up when a failure is final, or attempts or time are used up", () => {
  assertEquals(retryDelayMs(api(400, false), STATE), null);
  const retryable = api(500, true);
  assertEquals(retryDelayMs(retryable, { ...STATE, attempts: 101 }), null);
  assert(retryDelayMs(retryable, { ...STATE, attempts: 100 }) !== null);
  const late = { ...STATE, timeLeftMs: 100 };
  assertEquals(retryDelayMs(retryable, late), null);
});

Deno.test("isFatal() is true for what concerns every request", () => {
  assert(isFatal(api(401, false)));
  assert(isFatal(api(402, false)));
  assert(!isFatal(api(402, true)));
  assert(!isFatal(api(400, false)));
  assert(isFatal({ kind: "network", message: "", retryable: false }));
  assert(isFatal({ kind: "worker", message: "", retryable: false }));
  assert(!isFatal({ kind: "timeout", message: "" }));
});
