import { assert, assertEquals, assertRejects } from "@std/assert";
import { Halt } from "../../src/scheduler/halt.ts";
import { Lanes } from "../../src/scheduler/lanes.ts";
import type { Outcome } from "../../src/outcome.ts";
import type { PreparedRequest } from "../../src/prepared_request.ts";
import {
  type Dispatch,
  withRetries,
} from "../../src/scheduler/with_retries.ts";
import { LightAbortController } from "../../src/util/light_abort_controller.ts";
import { ApiError, ResponseError, RolloutsError } from "../../src/errors.ts";
import { apiFailure } from "../support/api_failure.ts";
import { never } from "../support/never.ts";
import { preparedRequest } from "../support/prepared_request.ts";
import { FakeClock } from "../support/fake_clock.ts";

const REQUEST = preparedRequest({ timeoutMs: 10_000 });

const BROKEN: Outcome = {
  type: "failure",
  failure: { kind: "response", message: "broken" },
};

function setUp(
  outcome: (request: PreparedRequest) => Outcome,
  options: Partial<Dispatch> = {},
) {
  const clock = new FakeClock();
  const lane = new Lanes(clock).get({
    url: "u",
    apiKey: "k",
    maxConcurrency: 1,
    requestsPerMinute: undefined,
  });
  const sent: { at: number; timeoutMs: number }[] = [];
  const dispatch: Dispatch = {
    ...lane,
    send: (request) => {
      sent.push({ at: clock.now(), timeoutMs: request.timeoutMs });
      return Promise.resolve(outcome(request));
    },
    spending: null,
    claim: { look: () => "ours", take: () => "ours", release: () => {} },
    clock,
    random: () => 0.5,
    maxRetries: 100,
    maxElapsedMs: Infinity,
    accept: () => {
      throw new Error("there is no answer in this test");
    },
    onFailure: () => {},
    onElsewhere: () => {},
    ...options,
  };
  const halt = new Halt();
  const stops = {
    cancel: new LightAbortController(),
    stop: halt.signal,
    halt,
    slot: null,
  };
  const run = () => withRetries(REQUEST, dispatch, stops);
  return { clock, dispatch, sent, stops, run };
}

Deno.test("withRetries() tries as often as maxRetries says, and throws the last failure", async () => {
  const { clock, sent, run } = setUp(() => BROKEN, { maxRetries: 4 });
  const result = assertRejects(run, ResponseError, "broken");
  await clock.advance(3_600_000);
  await result;
  assertEquals(sent.map(({ at }) => at), [0, 250, 750, 1750, 3750]);
});

Deno.test("withRetries() keeps to maxElapsedMs, waits and the last attempt's deadline included", async () => {
  const { clock, sent, run } = setUp(() => BROKEN, { maxElapsedMs: 1_000 });
  const result = assertRejects(run, ResponseError);
  await clock.advance(3_600_000);
  await result;
  assertEquals(sent.map(({ timeoutMs }) => timeoutMs), [1000, 750, 250]);
});

Deno.test("withRetries() does not count the time in the queue as the sample's", async () => {
  const { clock, dispatch, run, sent } = setUp(() => BROKEN, {
    maxElapsedMs: 1_000,
    maxRetries: 1,
  });
  const slot = await dispatch.concurrency.acquire(never());
  const result = assertRejects(run, ResponseError);
  await clock.advance(60_000);
  slot.release(null);
  await clock.advance(60_000);
  await result;
  assertEquals(sent.length, 2);
});

Deno.test("withRetries() waits for an hour when the API asks for it", async () => {
  let calls = 0;
  const { clock, sent, run } = setUp(() =>
    calls++ === 0
      ? apiFailure(429, { retryAfterMs: 3_600_000 })
      : apiFailure(429, { retryable: false })
  );
  const result = assertRejects(run, ApiError, "429");
  await clock.advance(3_599_000);
  assertEquals(sent.length, 1);
  await clock.advance(2_000);
  await result;
  assertEquals(sent.length, 2);
});

Deno.test("withRetries() halts the others for a failure that concerns them too", async () => {
  for (const status of [401, 402]) {
    const { stops, run } = setUp(() =>
      apiFailure(status, { retryable: false })
    );
    await assertRejects(run, ApiError);
    assert(stops.halt.failure instanceof ApiError);
  }
  const { stops, run } = setUp(() => apiFailure(400, { retryable: false }));
  await assertRejects(run, ApiError);
  assertEquals(stops.halt.signal.aborted, false);
});

Deno.test("withRetries() leaves no timer when it is halted while it waits", async () => {
  const { clock, stops, run } = setUp(() =>
    apiFailure(429, { retryAfterMs: 3_600_000 })
  );
  const result = assertRejects(run, Error, "halted");
  await clock.advance(1);
  assertEquals(clock.sleeping, 1);
  stops.halt.stop(new RolloutsError("halted"));
  await result;
  await clock.advance(0);
  assertEquals(clock.sleeping, 0);
});

Deno.test("withRetries() ends with the last failure when the time is over while it waits for a place", async () => {
  const { clock, dispatch, sent, run } = setUp(() => BROKEN, {
    maxElapsedMs: 1_000,
  });
  const result = assertRejects(run, ResponseError, "broken");
  await clock.advance(1);
  // The next attempt's place is taken for an hour.
  const slot = await dispatch.concurrency.acquire(new LightAbortController());
  await clock.advance(1_000);
  await result;
  assertEquals([sent.length, clock.sleeping], [1, 0]);
  slot.release(null);
});

Deno.test("withRetries() leaves a sample to who is at it, and holds no claim while it waits", async () => {
  let isElsewhere = true;
  const calls: string[] = [];
  const { clock, sent, run } = setUp(() => BROKEN, {
    maxRetries: 1,
    claim: {
      look: () => "ours",
      take: () => {
        calls.push(isElsewhere ? "refused" : "taken");
        return isElsewhere ? "elsewhere" : "ours";
      },
      release: () => {
        calls.push("released");
      },
    },
  });
  const result = assertRejects(run, ResponseError);
  await clock.advance(1_000);
  assertEquals(sent.length, 0);
  isElsewhere = false;
  await clock.advance(60_000);
  await result;
  assertEquals(sent.length, 2);
  assertEquals(calls.slice(-4), ["taken", "released", "taken", "released"]);
});
