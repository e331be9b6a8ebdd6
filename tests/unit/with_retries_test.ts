import {
  assert,
  assertEquals,
  assertInstanceOf,
  assertRejects,
} from "@std/assert";
import {
  ApiError,
  RequestTimeoutError,
  ResponseError,
} from "../../src/errors.ts";
import type { Outcome } from "../../src/outcome.ts";
import { Response } from "../../src/response.ts";
import type { PreparedRequest } from "../../src/prepared_request.ts";
import type { SampleLock } from "../../src/sample_lock.ts";
import { AdaptiveLimiter } from "../../src/scheduler/adaptive_limiter.ts";
import type { SamplingJob } from "../../src/scheduler/sampling_job.ts";
import { Scheduler } from "../../src/scheduler/scheduler.ts";
import { SingleFlight } from "../../src/util/single_flight.ts";
import { Log } from "../../src/util/log.ts";
import { FakeClock } from "../support/fake_clock.ts";
import { preparedRequest } from "../support/prepared_request.ts";
import { apiFailure } from "../support/api_failure.ts";
import { responseData } from "../support/response_data.ts";
import { recordedLogger } from "../support/recorded_logger.ts";
import { never } from "../support/never.ts";
import { samplingJob } from "../support/sampling_job.ts";

const BROKEN: Outcome = {
  type: "failure",
  failure: { kind: "response", message: "broken", form: null },
};

function refused(status: number, retryAfterMs: number | null): Outcome {
  const retryable = retryAfterMs !== null;
  return apiFailure(status, { retryable, retryAfterMs });
}

const ANSWER: Outcome = {
  type: "answer",
  response: { ...responseData(), rawJson: "{}" },
};

/** A scheduler with one place in flight, for one sample. */
function setUp(
  outcome: () => Outcome,
  options: Partial<SamplingJob> = {},
) {
  const clock = new FakeClock();
  const limiter = new AdaptiveLimiter(1, clock);
  const sent: { at: number; timeoutMs: number }[] = [];
  const job = samplingJob(clock, {
    limiter,
    request: (seed) => preparedRequest({ seed, timeoutMs: 10_000 }),
    transport: {
      send: ({ timeoutMs }) => {
        sent.push({ at: clock.now(), timeoutMs });
        return Promise.resolve(outcome());
      },
    },
    ...options,
  });
  const scheduler = new Scheduler({
    clock,
    samples: new SingleFlight(),
    random: () => 0.5,
  });
  const run = async () => {
    const result = (await scheduler.sample([0], job)).get(0)!;
    if (!(result instanceof Response)) throw result;
    return result;
  };
  return { clock, limiter, sent, scheduler, job, run };
}

Deno.test("withRetries() makes maxRetries retries, and throws the last failure", async () => {
  const { clock, sent, run } = setUp(() => BROKEN, { maxRetries: 4 });
  const result = assertRejects(run, ResponseError, "broken");
  await clock.advance(3_600_000);
  await result;
  assertEquals(sent.map(({ at }) => at), [0, 250, 750, 1750, 3750]);
});

Deno.test("withRetries() respects maxElapsedMs, including waits and the last attempt", async () => {
  const { clock, sent, run } = setUp(() => BROKEN, { maxElapsedMs: 1_000 });
  const result = assertRejects(run, ResponseError);
  await clock.advance(3_600_000);
  await result;
  assertEquals(sent.map(({ timeoutMs }) => timeoutMs), [1000, 750, 250]);
});

/** A transport that answers with failures, and then with nothing until the time limit of the request. */
function hangingAfter(failures: readonly Outcome[], clock: () => FakeClock) {
  const left = [...failures];
  return {
    send: async ({ timeoutMs }: PreparedRequest): Promise<Outcome> => {
      const next = left.shift();
      if (next !== undefined) return next;
      await clock().sleep(timeoutMs);
      const message = `no complete answer after ${timeoutMs} ms (timeoutMs)`;
      return { type: "failure", failure: { kind: "timeout", message } };
    },
  };
}

Deno.test("withRetries() names maxElapsedMs, and not timeoutMs, when it ends the only attempt", async () => {
  const warnings: string[] = [];
  const { clock, run } = setUp(() => BROKEN, {
    maxElapsedMs: 1_500,
    transport: hangingAfter([], () => clock),
    log: new Log(recordedLogger(warnings), "warn", new Set()),
  });
  const result = assertRejects(run, RequestTimeoutError);
  await clock.advance(3_600_000);
  assertEquals(
    (await result).message,
    "no complete answer from http://127.0.0.1:1 within maxElapsedMs (1500 ms)",
  );
  assertEquals(warnings, [
    "a request was cut short by maxElapsedMs (1500 ms). It may be billed in full",
  ]);
});

Deno.test("withRetries() throws the server's error when maxElapsedMs ends a later attempt", async () => {
  const unavailable = apiFailure(503, { retryable: true });
  const { clock, run } = setUp(() => BROKEN, {
    maxElapsedMs: 900,
    transport: hangingAfter([unavailable, unavailable], () => clock),
  });
  const result = assertRejects(run, ApiError);
  await clock.advance(3_600_000);
  const { status, message } = await result;
  assertEquals(
    [status, message],
    [503, "503; no more retries within maxElapsedMs (900 ms)"],
  );
});

Deno.test("withRetries() reports that maxElapsedMs ended the retries when no time is left for a wait", async () => {
  const { clock, sent, run } = setUp(
    () => apiFailure(503, { retryable: true }),
    { maxElapsedMs: 900 },
  );
  const result = assertRejects(run, ApiError, "within maxElapsedMs (900 ms)");
  await clock.advance(3_600_000);
  await result;
  assertEquals(sent.map(({ at }) => at), [0, 250, 750]);
});

Deno.test("withRetries() does not count the time in the queue toward maxElapsedMs", async () => {
  const { clock, limiter, run, sent } = setUp(() => BROKEN, {
    maxElapsedMs: 1_000,
    maxRetries: 1,
  });
  const permit = await limiter.acquire(never());
  const result = assertRejects(run, ResponseError);
  await clock.advance(60_000);
  permit.release(null);
  await clock.advance(60_000);
  await result;
  assertEquals(sent.length, 2);
});

Deno.test("withRetries() waits for an hour when the API asks for it", async () => {
  let calls = 0;
  const { clock, sent, run } = setUp(() =>
    refused(429, calls++ === 0 ? 3_600_000 : null)
  );
  const result = assertRejects(run, ApiError, "429");
  await clock.advance(3_599_000);
  assertEquals(sent.length, 1);
  await clock.advance(2_000);
  await result;
  assertEquals(sent.length, 2);
});

Deno.test("Scheduler.sample() fails the whole call when every request would fail", async () => {
  for (const status of [401, 402]) {
    const { sent, scheduler, clock } = setUp(() => refused(status, null));
    const job = samplingJob(clock, {
      transport: {
        send: () => {
          sent.push({ at: 0, timeoutMs: 0 });
          return Promise.resolve(refused(status, null));
        },
      },
    });
    await assertRejects(() => scheduler.sample([0, 1, 2], job), ApiError);
    assertEquals(sent.length, 1);
  }
  const { scheduler, clock } = setUp(() => BROKEN);
  const job = samplingJob(clock, {
    transport: { send: () => Promise.resolve(refused(400, null)) },
  });
  const results = await scheduler.sample([0, 1], job);
  for (const seed of [0, 1]) assertInstanceOf(results.get(seed), ApiError);
});

Deno.test("withRetries() leaves no timer when stopped while it waits", async () => {
  const { clock, scheduler, run } = setUp(() => refused(429, 3_600_000));
  const result = assertRejects(run, Error, "stopped");
  await clock.advance(1);
  assertEquals(clock.sleeping, 1);
  scheduler.stop("stopped");
  await result;
  await clock.advance(0);
  assertEquals(clock.sleeping, 0);
});

Deno.test("withRetries() throws the last failure when the time ends while it waits for a permit", async () => {
  const { clock, limiter, sent, run } = setUp(() => BROKEN, {
    maxElapsedMs: 1_000,
  });
  const result = assertRejects(run, ResponseError, "broken");
  await clock.advance(1);
  // Another request takes the permit of the next attempt.
  const permit = await limiter.acquire(never());
  await clock.advance(1_000);
  await result;
  assertEquals([sent.length, clock.sleeping], [1, 0]);
  permit.release(null);
});

/** A lock that another process holds until `isLocked` is set to `false`. */
function lockOf(state: { isLocked: boolean }, calls: string[]): SampleLock {
  return {
    peek: () => state.isLocked ? "locked" : "free",
    acquire: () => {
      calls.push(state.isLocked ? "locked" : "acquired");
      return state.isLocked ? "locked" : "acquired";
    },
    release: () => {
      calls.push("released");
    },
    [Symbol.dispose]: () => {},
  };
}

Deno.test("withRetries() leaves a locked sample to its process, and holds no lock while it waits", async () => {
  const state = { isLocked: true };
  const calls: string[] = [];
  const { clock, sent, run } = setUp(() => BROKEN, {
    maxRetries: 1,
    lock: () => lockOf(state, calls),
  });
  const result = assertRejects(run, ResponseError);
  await clock.advance(1_000);
  assertEquals(sent.length, 0);
  state.isLocked = false;
  await clock.advance(60_000);
  await result;
  assertEquals(sent.length, 2);
  assertEquals(calls.slice(-4), [
    "acquired",
    "released",
    "acquired",
    "released",
  ]);
});

Deno.test("attemptSample() returns a sample that another process stored, also while its lock is held", async () => {
  for (const isLocked of [true, false]) {
    const calls: string[] = [];
    const origin = { cached: true, attempts: 1, quantization: null };
    const stored = new Response(responseData(), origin);
    const { sent, run } = setUp(() => ANSWER, {
      lock: () => lockOf({ isLocked }, calls),
      find: () => calls.length > 0 ? stored : null,
    });
    assertEquals(await run(), stored);
    assertEquals([sent.length, calls.at(-1)], [0, "released"]);
  }
});

Deno.test("attemptSample() looks for a stored sample before it waits for budget or rate limit", async () => {
  const origin = { cached: true, attempts: 1, quantization: null };
  const stored = new Response(responseData(), origin);
  const { sent, run } = setUp(() => ANSWER, {
    find: () => stored,
    bucket: {
      take: () => Promise.reject(new Error("waited")),
    } as unknown as SamplingJob["bucket"],
  });
  assertEquals(await run(), stored);
  assert(sent.length === 0);
});

Deno.test("withRetries() counts only consecutive answers that are unreadable in the same form", async () => {
  const forms = ["HTML", "HTML", null, "HTML", "HTML", "stream", "stream"];
  let index = 0;
  const { clock, sent, run } = setUp(() => ({
    type: "failure",
    failure: {
      kind: "response",
      message: "unreadable",
      form: forms[index++] ?? "list",
    },
  }));
  const result = assertRejects(run, ResponseError, "unreadable");
  await clock.advance(3_600_000);
  await result;
  assertEquals(sent.length, forms.length + 4);
});

Deno.test("Scheduler.sample() tries a rejected key once more after 100 answers", async () => {
  const rejected = apiFailure(401, { retryable: false });
  for (
    const [answers, rejections, requests] of [
      [99, 1, 100],
      [100, 1, 102],
      [100, 2, 102],
    ] as const
  ) {
    let index = 0;
    const { clock, scheduler, job, sent } = setUp(() => {
      const at = index++ - answers;
      return at >= 0 && at < rejections ? rejected : ANSWER;
    });
    const seeds = Array.from({ length: answers + 1 }, (_, seed) => seed);
    const sampled = scheduler.sample(seeds, job)
      .then((results) => results.size, (error) => error.status);
    await clock.advance(60_000);
    const isFatal = requests - answers <= rejections;
    assertEquals(await sampled, isFatal ? 401 : answers + 1);
    assertEquals(sent.length, requests);
  }
});
