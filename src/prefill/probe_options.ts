import type { GenerateOptions } from "../options/options.ts";

/** Options of a probe: those of a call that do not shape its questions. */
export interface ProbeOptions extends
  Pick<
    GenerateOptions,
    | "model"
    | "apiKey"
    | "baseUrl"
    | "temperature"
    | "topP"
    | "reasoning"
    | "timeoutMs"
    | "maxElapsedMs"
    | "maxCostUsd"
    | "requestsPerMinute"
    | "maxConcurrency"
    | "cacheDir"
    | "useCache"
    | "durable"
    | "onCacheError"
    | "signal"
    | "verbose"
  > {
  /**
   * How many seeds of each of two questions each endpoint is asked.
   * @default {3}
   */
  nSeeds?: number;
}
