/** The runtime of a contestant. */
export type Runtime = "Deno" | "Node" | "Python";

/** A program that is measured. */
export interface Contestant {
  /** Its name in the report. */
  readonly name: string;
  /** Its runtime. */
  readonly runtime: Runtime;
  /** Its file in `contestants/`. */
  readonly file: string;
  /** Whether it needs packages that are not in the checkout. */
  readonly needsPackages?: boolean;
  /** The number of workers of this client; its default if not given. */
  readonly workers?: number;
}

/** The limit: a loop of `fetch`. */
export const BARE: Contestant = {
  name: "bare loop",
  runtime: "Deno",
  file: "bare.mjs",
};

/** This client. */
export const ROLLOUTS: Contestant = {
  name: "@rollouts/client",
  runtime: "Deno",
  file: "rollouts.mjs",
};

/** This client, sending from the main thread. */
export const ROLLOUTS_MAIN_THREAD: Contestant = {
  ...ROLLOUTS,
  name: "@rollouts/client, workers: 0",
  workers: 0,
};

/** This client's command line. */
export const ROLLOUTS_COMMAND: Contestant = {
  ...ROLLOUTS,
  file: "run_command.ts",
};

/** This client, one call of `generate` after the other. */
export const ROLLOUTS_PROMPTS: Contestant = {
  ...ROLLOUTS,
  file: "rollouts_prompts.ts",
};

/** This client, one call of `generateMany`. */
export const ROLLOUTS_MANY: Contestant = {
  ...ROLLOUTS,
  file: "rollouts_many.ts",
};

/** A loop that reads and parses the files of a cache. */
export const BARE_READS: Contestant = {
  name: "bare loop that reads files",
  runtime: "Deno",
  file: "bare_reads.ts",
};

/** The client that most programs use. */
export const OPENAI: Contestant = {
  name: "openai",
  runtime: "Deno",
  file: "openai.mjs",
  needsPackages: true,
};

/** OpenRouter's own client. */
export const OPENROUTER_SDK: Contestant = {
  name: "@openrouter/sdk",
  runtime: "Deno",
  file: "openrouter_sdk.mjs",
  needsPackages: true,
};

/** The AI SDK with OpenRouter's provider. */
export const AI_SDK: Contestant = {
  name: "ai",
  runtime: "Deno",
  file: "ai_sdk.mjs",
  needsPackages: true,
};

/** The Python package whose cache this client shares. */
export const ROLLOUTS_PYTHON: Contestant = {
  name: "rollouts",
  runtime: "Python",
  file: "rollouts_python.py",
};

/** Returns a contestant on Node instead of Deno. */
export function onNode(contestant: Contestant): Contestant {
  return { ...contestant, runtime: "Node" };
}

/** Returns the name of a contestant with its runtime. */
export function contestantName({ name, runtime }: Contestant): string {
  return `${name} (${runtime})`;
}
