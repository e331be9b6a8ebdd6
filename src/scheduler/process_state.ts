import type { Response } from "../response.ts";
import { systemClock } from "../util/clock.ts";
import { SingleFlight } from "../util/single_flight.ts";
import { MemoryLimit } from "./memory_limit.ts";
import { LimiterRegistry } from "./limiter_registry.ts";

/** The state that all clients of a process share. */
export interface ProcessState {
  readonly limiters: LimiterRegistry;
  readonly memory: MemoryLimit;
  /** Samples in flight, by cache directory, request, and seed. */
  readonly samples: SingleFlight<Response>;
  /** Searches for the first sample of a prompt, whose provider serves the others too. */
  readonly firstSamples: SingleFlight<Response>;
}

let state: ProcessState | undefined;

/** Returns the state of this process, created at the first call. */
export function processState(): ProcessState {
  return state ??= {
    limiters: new LimiterRegistry(systemClock),
    memory: new MemoryLimit(),
    samples: new SingleFlight(),
    firstSamples: new SingleFlight(),
  };
}
