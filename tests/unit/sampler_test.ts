import { assertEquals, assertRejects } from "@std/assert";
import { AdaptiveLimiter } from "../../src/scheduler/adaptive_limiter.ts";
import type { NumberedRequest } from "../../src/worker_messages.ts";
import { Sampler } from "../../src/scheduler/sampler.ts";
import type { SamplingJob } from "../../src/scheduler/sampling_job.ts";
import { SingleFlight } from "../../src/util/single_flight.ts";
import { WorkerPool } from "../../src/transport/worker_pool.ts";
import { ProgressTracker } from "../../src/progress_tracker.ts";
import { Response } from "../../src/response.ts";
import type { WorkerEvents } from "../../src/platform/spawn_worker.ts";
import { FakeClock } from "../support/fake_clock.ts";
import { preparedRequest } from "../support/prepared_request.ts";
import { responseData } from "../support/response_data.ts";

const clock = new FakeClock();

function jobOf(
  concurrency: AdaptiveLimiter,
  pool: WorkerPool,
): SamplingJob {
  return {
    send: (request, signal) => pool.send(request, signal),
    request: (seed) => preparedRequest({ seed }),
    sharedAs: null,
    keep: (answer, { attempts }) =>
      new Response(answer, { cached: false, attempts, quantization: null }),
    claim: () => ({
      look: () => "ours",
      take: () => "ours",
      release: () => {},
      [Symbol.dispose]: () => {},
    }),
    lane: { concurrency, start: null },
    spending: () => Promise.resolve(null),
    progress: new ProgressTracker({
      total: 0,
      now: () => clock.now(),
      concurrency,
      listeners: [],
      onListenerError: () => {},
    }),
    signal: undefined,
    maxRetries: 0,
    maxElapsedMs: Infinity,
    tell: () => {},
    warn: () => {},
    warnElsewhere: () => {},
  };
}

Deno.test("Sampler.sample() sends a worker all that there is room for in one message", async () => {
  const sizes: number[] = [];
  const open: NumberedRequest[] = [];
  let posted = Promise.withResolvers<void>();
  let worker: WorkerEvents | undefined;
  const pool = new WorkerPool({
    size: 1,
    spawn: (events) => {
      worker = events;
      return {
        post: (message) => {
          if (message.type !== "send") return;
          sizes.push(message.requests.length);
          open.push(...message.requests);
          posted.resolve();
          posted = Promise.withResolvers();
        },
        terminate: () => {},
      };
    },
  });
  const sampler = new Sampler({ clock, flights: new SingleFlight() });
  const answer = async (count: number) => {
    while (open.length < count) await posted.promise;
    const outcomes = open.splice(0, count).map(({ id, request }) => ({
      id,
      outcome: {
        type: "answer",
        response: {
          ...responseData({ seed: request.seed }),
          rawJson: "{}",
        },
      },
    } as const));
    worker!.onMessage({ type: "outcomes", outcomes });
  };
  const seeds = Array.from({ length: 14 }, (_, seed) => seed);
  const job = jobOf(new AdaptiveLimiter(8, clock), pool);
  const samples = sampler.sample(seeds, job);
  await answer(5);
  await answer(8);
  await answer(1);
  assertEquals([...(await samples).keys()].sort((a, b) => a - b), seeds);
  assertEquals(sizes, [8, 5, 1]);
  pool.close();
});

Deno.test("Sampler.sample() tells when another program has a sample under way for five seconds, and not before", async () => {
  const clock = new FakeClock();
  const concurrency = new AdaptiveLimiter(1, clock);
  const pool = new WorkerPool({
    size: 1,
    spawn: () => {
      throw new Error("nothing is sent");
    },
  });
  const job = jobOf(concurrency, pool);
  let told = 0;
  const controller = new AbortController();
  const result = new Sampler({ clock, flights: new SingleFlight() }).sample(
    [0],
    {
      ...job,
      claim: (seed) => ({ ...job.claim(seed), take: () => "elsewhere" }),
      warnElsewhere: () => told++,
      signal: controller.signal,
    },
  );
  const rejected = assertRejects(() => result, Error, "enough");
  await clock.advance(4_999);
  assertEquals(told, 0);
  await clock.advance(1);
  assertEquals(told, 1);
  controller.abort(new Error("enough"));
  await rejected;
  pool.close();
});
