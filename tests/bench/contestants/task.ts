/** What a contestant that sends requests is told, as one JSON argument. */
export interface RequestTask {
  /** The API's address, up to `/api/v1`. */
  readonly baseUrl: string;
  /** How many requests are timed. */
  readonly requests: number;
  /** How many are in flight. */
  readonly inFlight: number;
  /** How many requests go before them, untimed. */
  readonly warmUpRequests: number;
  /** Where answers are kept; null to keep none. */
  readonly cacheDir: string | null;
}

/** What a contestant that goes through many prompts is told, as one JSON argument. */
export interface PromptsTask {
  /** The API's address; a cached sample belongs to the one that it came from. */
  readonly baseUrl: string;
  /** The key; null where nothing may be requested. */
  readonly apiKey: string | null;
  /** Where samples are kept; null to keep none. */
  readonly cacheDir: string | null;
  /** How many prompts. */
  readonly prompts: number;
  /** How many samples of each. */
  readonly samplesPerPrompt: number;
}

/** What a contestant found, as it prints it in one line of JSON. */
export interface Measurement {
  /** Time for the timed part. */
  readonly seconds: number;
  /** CPU time of the process in the timed part, all threads, user and system. */
  readonly cpuSeconds: number;
  /** The most memory that the process has had; null where the system does not say. */
  readonly peakRssBytes: number | null;
}
