/** The task of a contestant that sends requests, passed as one JSON argument. */
export interface RequestTask {
  /** The base URL of the API, up to `/api/v1`. */
  readonly baseUrl: string;
  /** The number of timed requests. */
  readonly requests: number;
  /** The number of requests in flight. */
  readonly inFlight: number;
  /** The number of requests to warm up, which are not timed. */
  readonly warmUpRequests: number;
  /** The directory for answers, or null to store none. */
  readonly cacheDir: string | null;
  /** The number of workers of this client; its default if not given. */
  readonly workers?: number;
}

/** The task of a contestant that processes many prompts, passed as one JSON argument. */
export interface PromptsTask {
  /** The base URL of the API, which is part of the cache key. */
  readonly baseUrl: string;
  /** The API key, or null if nothing may be requested. */
  readonly apiKey: string | null;
  /** The cache directory, or null to store nothing. */
  readonly cacheDir: string | null;
  /** The number of prompts. */
  readonly prompts: number;
  /** The number of samples per prompt. */
  readonly samplesPerPrompt: number;
}

/** The task of a contestant that iterates over many prompts. */
export interface ManyTask extends PromptsTask {
  /** The number of samples of each call. */
  readonly samplesPerCall: number;
}

/** The measurement of a contestant, printed as one line of JSON. */
export interface Measurement {
  /** The time of the timed part. */
  readonly seconds: number;
  /** The CPU time of the process in the timed part: all threads, user and system. */
  readonly cpuSeconds: number;
  /** The peak memory of the process, or null if the system does not report it. */
  readonly peakRssBytes: number | null;
}
