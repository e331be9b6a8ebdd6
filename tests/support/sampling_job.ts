import { Log } from "../../src/util/log.ts";
import { ProgressTracker } from "../../src/progress_tracker.ts";
import { Response } from "../../src/response.ts";
import { NO_LOCK } from "../../src/sample_lock.ts";
import { AdaptiveLimiter } from "../../src/scheduler/adaptive_limiter.ts";
import { MemoryLimit } from "../../src/scheduler/memory_limit.ts";
import type { SamplingJob } from "../../src/scheduler/sampling_job.ts";
import type { Clock } from "../../src/util/clock.ts";
import { preparedRequest } from "./prepared_request.ts";
import { recordedLogger } from "./recorded_logger.ts";

/** A job without cache, rate limit, or budget, and one request in flight, with `overrides` on top. */
export function samplingJob(
  clock: Clock,
  overrides:
    & Partial<SamplingJob>
    & Pick<SamplingJob, "transport">,
): SamplingJob {
  const { limiter = new AdaptiveLimiter(1, clock) } = overrides;
  return {
    limiter,
    bucket: null,
    budget: null,
    costBound: () => Promise.resolve(null),
    request: (seed) => preparedRequest({ seed }),
    group: "",
    shareKey: null,
    lock: () => NO_LOCK,
    memory: new MemoryLimit(),
    find: () => null,
    accept: (answer, { attempts }) =>
      new Response(answer, { cached: false, attempts, quantization: null }),
    progress: new ProgressTracker({
      total: 1,
      now: () => clock.now(),
      limiter,
      listeners: [],
      onListenerError: () => {},
    }),
    signal: undefined,
    maxRetries: 100,
    maxTimeoutRetries: 2,
    maxRetryAfterMs: 3_600_000,
    maxElapsedMs: Infinity,
    log: new Log(recordedLogger([]), "warn", new Set()),
    ...overrides,
  };
}
