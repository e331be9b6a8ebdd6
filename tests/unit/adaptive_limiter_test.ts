import { assert, assertEquals, assertRejects } from "@std/assert";
import type { Permit } from "../../src/limiter.ts";
import { AdaptiveLimiter } from "../../src/scheduler/adaptive_limiter.ts";
import type { Outcome } from "../../src/outcome.ts";
import { FakeClock, settle } from "../support/fake_clock.ts";

const ANSWER = { type: "answer" } as Outcome;

function failure(status: number, retryAfterMs: number | null = null) {
  return {
    type: "failure",
    failure: {
      kind: "api",
      message: "",
      status,
      code: null,
      provider: null,
      retryable: true,
      retryAfterMs,
    },
  } as const satisfies Outcome;
}

/** Keeps a controller busy: everyone who is let in stays until the test sends them out. */
function crowd(controller: AdaptiveLimiter, size: number): Permit[] {
  const inside: Permit[] = [];
  for (let i = 0; i < size; i++) {
    controller.acquire(never()).then((slot) => inside.push(slot));
  }
  return inside;
}

async function leaveAll(inside: Permit[], outcome: Outcome) {
  await settle();
  for (const slot of inside.splice(0)) slot.release(outcome);
  await settle();
}

Deno.test("AdaptiveLimiter doubles each clean round from 64 up to 512", async () => {
  const controller = new AdaptiveLimiter(undefined, new FakeClock());
  const inside = crowd(controller, 10_000);
  const limits = [controller.limit];
  for (let round = 0; round < 5; round++) {
    await leaveAll(inside, ANSWER);
    assertEquals(controller.inFlight, controller.limit);
    limits.push(controller.limit);
  }
  assertEquals(limits, [64, 128, 256, 512, 512, 512]);
});

Deno.test("AdaptiveLimiter does not grow while nobody waits", async () => {
  const controller = new AdaptiveLimiter(undefined, new FakeClock());
  for (let i = 0; i < 1000; i++) {
    (await controller.acquire(never())).release(ANSWER);
  }
  assertEquals(controller.limit, 64);
});

Deno.test("AdaptiveLimiter halves once for all that were under way at a 429, then grows by a sixteenth", async () => {
  const controller = new AdaptiveLimiter(undefined, new FakeClock());
  const inside = crowd(controller, 10_000);
  await leaveAll(inside, failure(429));
  assertEquals(controller.limit, 32);
  await leaveAll(inside, ANSWER);
  assertEquals(controller.limit, 34);
  await leaveAll(inside, failure(402));
  assertEquals(controller.limit, 17);
});

Deno.test("AdaptiveLimiter holds on 5xx", async () => {
  const controller = new AdaptiveLimiter(undefined, new FakeClock());
  const inside = crowd(controller, 1000);
  await leaveAll(inside, failure(503));
  assertEquals(controller.limit, 64);
});

Deno.test("AdaptiveLimiter uses the user's limit at once and never passes it", async () => {
  const controller = new AdaptiveLimiter(200, new FakeClock());
  const inside = crowd(controller, 10_000);
  await settle();
  assertEquals(inside.length, 200);
  await leaveAll(inside, failure(429));
  assertEquals(controller.limit, 100);
  for (let round = 0; round < 40; round++) {
    await leaveAll(inside, ANSWER);
    assert(controller.inFlight <= 200);
  }
  assertEquals(controller.limit, 200);
});

Deno.test("AdaptiveLimiter lets nobody in before the time that the API asked for", async () => {
  const clock = new FakeClock();
  const controller = new AdaptiveLimiter(1, clock);
  const inside = crowd(controller, 2);
  await settle();
  inside.pop()!.release(failure(429, 90_000));
  await clock.advance(89_000);
  assertEquals(inside.length, 0);
  await clock.advance(1_000);
  assertEquals(inside.length, 1);
});

Deno.test("AdaptiveLimiter.acquire() rejects with the reason and leaves no timer when it is aborted", async () => {
  const clock = new FakeClock();
  const controller = new AdaptiveLimiter(1, clock);
  (await controller.acquire(never())).release(failure(429, 90_000));
  const abort = new AbortController();
  const waiting = controller.acquire(abort.signal);
  await settle();
  assertEquals(clock.sleeping, 1);
  abort.abort(new Error("enough"));
  await assertRejects(() => waiting, Error, "enough");
  await settle();
  assertEquals(clock.sleeping, 0);
});

function never(): AbortSignal {
  return new AbortController().signal;
}
