import { assert, assertEquals, assertRejects } from "@std/assert";
import { ApiError } from "../../src/errors.ts";
import type { Permit } from "../../src/limiter.ts";
import { AdaptiveLimiter } from "../../src/scheduler/adaptive_limiter.ts";
import type { Outcome } from "../../src/outcome.ts";
import { apiFailure } from "../support/api_failure.ts";
import { FakeClock } from "../support/fake_clock.ts";
import { never } from "../support/never.ts";

const ANSWER = { type: "answer" } as Outcome;

/** Keeps a limiter busy: each permit is held until the test releases it. */
class Crowd {
  readonly inside: Permit[] = [];
  readonly #limiter: AdaptiveLimiter;
  #arrived = Promise.withResolvers<void>();

  constructor(limiter: AdaptiveLimiter, size: number) {
    this.#limiter = limiter;
    for (let i = 0; i < size; i++) {
      limiter.acquire(never()).then((permit) => {
        this.inside.push(permit);
        this.#arrived.resolve();
        this.#arrived = Promise.withResolvers();
      });
    }
  }

  /** Waits until all granted permits have arrived. */
  async arrived(): Promise<void> {
    while (this.inside.length < this.#limiter.inFlight) {
      await this.#arrived.promise;
    }
  }

  /** Releases all permits, and waits for those who follow. */
  async leave(outcome: Outcome): Promise<void> {
    await this.arrived();
    for (const permit of this.inside.splice(0)) permit.release(outcome);
    await this.arrived();
  }
}

Deno.test("AdaptiveLimiter doubles after each round without refusals, from 64 up to 512", async () => {
  const controller = new AdaptiveLimiter(undefined, new FakeClock());
  const crowd = new Crowd(controller, 10_000);
  const limits = [controller.limit];
  for (let round = 0; round < 5; round++) {
    await crowd.leave(ANSWER);
    assertEquals(controller.inFlight, controller.limit);
    limits.push(controller.limit);
  }
  assertEquals(limits, [64, 128, 256, 512, 512, 512]);
});

Deno.test("AdaptiveLimiter does not grow while no request waits", async () => {
  const controller = new AdaptiveLimiter(undefined, new FakeClock());
  for (let i = 0; i < 1000; i++) {
    (await controller.acquire(never())).release(ANSWER);
  }
  assertEquals(controller.limit, 64);
});

Deno.test("AdaptiveLimiter cuts to 70% once for all requests in flight at a 429, then grows again", async () => {
  const controller = new AdaptiveLimiter(undefined, new FakeClock());
  const crowd = new Crowd(controller, 10_000);
  await crowd.leave(apiFailure(429));
  assertEquals(controller.limit, 44);
  for (let round = 0; round < 4; round++) await crowd.leave(ANSWER);
  assertEquals(controller.limit, 64);
  await crowd.leave(apiFailure(402));
  assertEquals(controller.limit, 44);
});

Deno.test("AdaptiveLimiter recovers from a storm of 429s within ten rounds of answers", async () => {
  const controller = new AdaptiveLimiter(undefined, new FakeClock());
  const crowd = new Crowd(controller, 10_000);
  while (controller.limit > 1) await crowd.leave(apiFailure(429));
  let rounds = 0;
  for (; controller.limit < 64; rounds++) await crowd.leave(ANSWER);
  assert(rounds <= 10, `${rounds}`);
});

Deno.test("AdaptiveLimiter cuts the limit when the process has too many open files", async () => {
  const controller = new AdaptiveLimiter(undefined, new FakeClock());
  const crowd = new Crowd(controller, 1000);
  const message = "no answer from http://x: Too many open files (os error 24)";
  await crowd.leave({
    type: "failure",
    failure: { kind: "network", message, retryable: true },
  });
  assertEquals(controller.limit, 44);
});

Deno.test("AdaptiveLimiter keeps its limit on 5xx", async () => {
  const controller = new AdaptiveLimiter(undefined, new FakeClock());
  const crowd = new Crowd(controller, 1000);
  await crowd.leave(apiFailure(503));
  assertEquals(controller.limit, 64);
});

Deno.test("AdaptiveLimiter uses the user's limit at once and never exceeds it", async () => {
  const controller = new AdaptiveLimiter(200, new FakeClock());
  const crowd = new Crowd(controller, 10_000);
  await crowd.arrived();
  assertEquals(crowd.inside.length, 200);
  await crowd.leave(apiFailure(429));
  assertEquals(controller.limit, 140);
  for (let round = 0; round < 40; round++) {
    await crowd.leave(ANSWER);
    assert(controller.inFlight <= 200);
  }
  assertEquals(controller.limit, 200);
});

Deno.test("AdaptiveLimiter starts no request before the time that the API asked for", async () => {
  const clock = new FakeClock();
  const controller = new AdaptiveLimiter(1, clock);
  const crowd = new Crowd(controller, 2);
  await crowd.arrived();
  crowd.inside.pop()!.release(apiFailure(429, { retryAfterMs: 90_000 }));
  await clock.advance(89_000);
  assertEquals(crowd.inside.length, 0);
  await clock.advance(1_000);
  assertEquals(crowd.inside.length, 1);
});

Deno.test("AdaptiveLimiter.acquire() rejects with the reason and leaves no timer when it is aborted", async () => {
  const clock = new FakeClock();
  const controller = new AdaptiveLimiter(1, clock);
  (await controller.acquire(never())).release(
    apiFailure(429, { retryAfterMs: 90_000 }),
  );
  const abort = new AbortController();
  const waiting = controller.acquire(abort.signal);
  await clock.untilSleeping(1);
  abort.abort(new Error("enough"));
  await assertRejects(() => waiting, Error, "enough");
  await clock.untilSleeping(0);
});

Deno.test("AdaptiveLimiter.acquire() rejects at once when the pause is longer than the caller accepts", async () => {
  const clock = new FakeClock();
  const limiter = new AdaptiveLimiter(2, clock);
  const [first, second] = [limiter.tryAcquire()!, limiter.tryAcquire()!];
  const impatient = limiter.acquire(never(), 10_000);
  const patient = limiter.acquire(never(), 7_200_000);
  const error = assertRejects(
    () => impatient,
    ApiError,
    "429; not retried: the server asks to wait 3600 s, and maxRetryAfterMs and maxElapsedMs allow 10 s",
  );
  first.release(apiFailure(429, { retryAfterMs: 3_600_000 }));
  await error;
  await assertRejects(() => limiter.acquire(never(), 10_000), ApiError);
  second.release(null);
  await clock.advance(3_600_000);
  (await patient).release(null);
});

Deno.test("AdaptiveLimiter does not pause for a wait of more than a day", () => {
  const limiter = new AdaptiveLimiter(1, new FakeClock());
  limiter.tryAcquire()!.release(apiFailure(429, { retryAfterMs: 1e12 }));
  assert(limiter.tryAcquire() !== null);
});
