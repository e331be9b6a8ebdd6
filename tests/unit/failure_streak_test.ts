import { assertEquals } from "@std/assert";
import type { SampleRun } from "../../src/scheduler/attempt_sample.ts";
import { FailureStreak } from "../../src/scheduler/failure_streak.ts";
import type { SamplingJob } from "../../src/scheduler/sampling_job.ts";
import { Log } from "../../src/util/log.ts";
import { recordedLogger } from "../support/recorded_logger.ts";

Deno.test("FailureStreak.add() warns each minute with the host, next attempt, and remaining work", () => {
  const messages: string[] = [];
  const job = {
    log: new Log(recordedLogger(messages), "warn", new Set()),
    limiter: { limit: 64 },
    maxRetries: 100,
  } as unknown as SamplingJob;
  const sample = { request: { seed: 0 } } as unknown as SampleRun;
  let nowMs = 0;
  const streak = new FailureStreak({
    now: () => nowMs,
    sleep: () => Promise.reject(new Error("not used")),
  });
  const failure = {
    kind: "network",
    message: "no answer from https://openrouter.ai: dns error",
    retryable: true,
  } as const;
  for (let attempt = 1; attempt <= 6; attempt++) {
    const next = { delayMs: 30_000, attemptsLeft: 101 - attempt };
    streak.add({ failure, next, sample, job });
    nowMs += 30_000;
  }
  const text = (count: number) =>
    `${count} requests in a row have failed. The next attempt is in 30 s, ` +
    `with ${101 - count} of 101 attempts left. Ctrl-C stops. ` +
    "The last error: no answer from https://openrouter.ai: dns error";
  assertEquals(messages, [text(3), text(5)]);
});
