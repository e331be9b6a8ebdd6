import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { DEFAULTS } from "../../src/options/settings.ts";
import {
  explainGivenUp,
  isFatal,
  retryDelayMs,
} from "../../src/scheduler/retry_policy.ts";
import { apiFailure } from "../support/api_failure.ts";
import { ROOT } from "../support/run_script.ts";

const STATE = {
  attempts: 1,
  timeouts: 0,
  sameForm: 0,
  timeLeftMs: Infinity,
  random: 0.5,
};

const LIMITS = {
  maxRetries: 100,
  maxTimeoutRetries: 2,
  maxRetryAfterMs: 3_600_000,
  maxElapsedMs: Infinity,
};

Deno.test("retryDelayMs() doubles up to 60 s, with full jitter", () => {
  const at = (attempts: number, random: number) =>
    retryDelayMs(
      apiFailure(500).failure,
      { ...STATE, attempts, random },
      LIMITS,
    );
  assertEquals([1, 2, 3, 4].map((attempts) => at(attempts, 0.5)), [
    250,
    500,
    1000,
    2000,
  ]);
  assertEquals(at(50, 0.999), 59_940);
  assertEquals(at(50, 0), 0);
});

Deno.test("retryDelayMs() waits as long as the API asks, up to maxRetryAfterMs", () => {
  const failure = apiFailure(429, { retryAfterMs: 3_600_000 }).failure;
  const delayMs = retryDelayMs(failure, STATE, LIMITS);
  assert(delayMs !== null && delayMs >= 3_600_000 && delayMs < 3_601_000);
  const lower = { ...LIMITS, maxRetryAfterMs: 3_599_999 };
  assertEquals(retryDelayMs(failure, STATE, lower), null);
  assertEquals(
    explainGivenUp(failure, STATE, lower).message,
    "429; not retried: the server asks to wait 3600 s, and maxRetryAfterMs and maxElapsedMs allow 3600 s",
  );
});

Deno.test("retryDelayMs() retries a timeout no more often than maxTimeoutRetries", () => {
  const timeout = { kind: "timeout", message: "late" } as const;
  const delays = [1, 2, 3].map((timeouts) =>
    retryDelayMs(timeout, { ...STATE, timeouts }, LIMITS)
  );
  assertEquals(delays, [250, 250, null]);
});

Deno.test("retryDelayMs() is null for a final failure, or when attempts or time are used up", () => {
  assertEquals(
    retryDelayMs(apiFailure(400, { retryable: false }).failure, STATE, LIMITS),
    null,
  );
  const retryable = apiFailure(500).failure;
  assertEquals(
    retryDelayMs(retryable, { ...STATE, attempts: 101 }, LIMITS),
    null,
  );
  assert(retryDelayMs(retryable, { ...STATE, attempts: 100 }, LIMITS) !== null);
  const late = { ...STATE, timeLeftMs: 100 };
  assertEquals(retryDelayMs(retryable, late, LIMITS), null);
});

Deno.test("isFatal() is true for failures of every request", () => {
  assert(isFatal(apiFailure(401, { retryable: false }).failure));
  assert(isFatal(apiFailure(402, { retryable: false }).failure));
  assert(!isFatal(apiFailure(402).failure));
  assert(!isFatal(apiFailure(400, { retryable: false }).failure));
  assert(isFatal({ kind: "network", message: "", retryable: false }));
  assert(isFatal({ kind: "worker", message: "", retryable: false }));
  assert(!isFatal({ kind: "timeout", message: "" }));
});

Deno.test("retryDelayMs() is null after four consecutive answers unreadable in the same form", () => {
  const failure = { kind: "response", message: "HTML", form: "HTML" } as const;
  const delays = [1, 2, 3, 4].map((sameForm) =>
    retryDelayMs(failure, { ...STATE, sameForm }, LIMITS) !== null
  );
  assertEquals(delays, [true, true, true, false]);
});

Deno.test("docs/limits.md states how long the retries of the default last", async () => {
  const lastsFor = (random: number, attempts: number) =>
    Array.from({ length: attempts }, (_, index) =>
      retryDelayMs(
        apiFailure(503).failure,
        { ...STATE, attempts: index + 1, random },
        { ...LIMITS, maxRetries: DEFAULTS.maxRetries },
      )!).reduce((sum, delayMs) => sum + delayMs, 0);
  const minutes = (random: number, attempts = DEFAULTS.maxRetries) =>
    Math.round(lastsFor(random, attempts) / 60_000);
  const untilMinute = Array.from({ length: 100 }, (_, attempts) => attempts)
    .find((attempts) => lastsFor(0.5, attempts) >= 30 * 60_000);
  const text = (await Deno.readTextFile(`${ROOT}/docs/limits.md`)).replace(
    /\s+/g,
    " ",
  );
  assertStringIncludes(
    text,
    `The default of ${DEFAULTS.maxRetries} retries lasts ${
      minutes(0.5)
    } minutes on average, ` +
      `and at most ${minutes(1)} minutes`,
  );
  assertStringIncludes(text, `which takes ${untilMinute} retries on average`);
});
