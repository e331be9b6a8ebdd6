import { assertEquals, assertRejects } from "@std/assert";
import type { WorkerEvents } from "../../src/platform/spawn_worker.ts";
import { AdaptiveLimiter } from "../../src/scheduler/adaptive_limiter.ts";
import { Scheduler } from "../../src/scheduler/scheduler.ts";
import { WorkerPoolTransport } from "../../src/transport/worker_pool_transport.ts";
import { Log } from "../../src/util/log.ts";
import { SingleFlight } from "../../src/util/single_flight.ts";
import type { NumberedRequest } from "../../src/worker_messages.ts";
import { FakeClock } from "../support/fake_clock.ts";
import { responseData } from "../support/response_data.ts";
import { recordedLogger } from "../support/recorded_logger.ts";
import { samplingJob } from "../support/sampling_job.ts";

Deno.test("Scheduler.sample() sends all requests that fit to a worker in one message", async () => {
  const clock = new FakeClock();
  const sizes: number[] = [];
  const open: NumberedRequest[] = [];
  let posted = Promise.withResolvers<void>();
  let worker: WorkerEvents | undefined;
  const pool = new WorkerPoolTransport({
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
  const scheduler = new Scheduler({ clock, samples: new SingleFlight() });
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
  const job = samplingJob(clock, {
    transport: pool,
    limiter: new AdaptiveLimiter(8, clock),
  });
  const samples = scheduler.sample(seeds, job);
  await answer(5);
  await answer(8);
  await answer(1);
  assertEquals([...(await samples).keys()].sort((a, b) => a - b), seeds);
  assertEquals(sizes, [8, 5, 1]);
  pool.close();
});

Deno.test("Scheduler.sample() warns when another process has locked a sample for five seconds", async () => {
  const clock = new FakeClock();
  const warnings: string[] = [];
  const controller = new AbortController();
  const job = samplingJob(clock, {
    transport: { send: () => Promise.reject(new Error("nothing is sent")) },
    lock: () => ({
      peek: () => "locked",
      acquire: () => "locked",
      release: () => {},
      [Symbol.dispose]: () => {},
    }),
    log: new Log(recordedLogger(warnings), "warn", new Set()),
    signal: controller.signal,
  });
  const scheduler = new Scheduler({ clock, samples: new SingleFlight() });
  const rejected = assertRejects(
    () => scheduler.sample([0], job),
    Error,
    "enough",
  );
  await clock.advance(4_999);
  assertEquals(warnings.length, 0);
  await clock.advance(1);
  assertEquals(warnings.length, 1);
  controller.abort(new Error("enough"));
  await rejected;
});
