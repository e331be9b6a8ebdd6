/** What runs a contestant. */
export type Runtime = "Deno" | "Node" | "Python";

/** A program that is measured. */
export interface Contestant {
  /** What it is called in the report. */
  readonly name: string;
  /** What runs it. */
  readonly runtime: Runtime;
  /** Its file in `contestants/`. */
  readonly file: string;
  /** Whether it needs packages that are not in the checkout. */
  readonly needsPackages?: boolean;
}

/** The limit: nothing but `fetch`. */
export const BARE: Contestant = {
  name: "bare loop",
  runtime: "Deno",
  file: "bare.mjs",
};

/** This client. */
export const ROLLOUTS: Contestant = {
  name: "@rollouts/client",
  runtime: "Deno",
  file: "rollouts.ts",
};

/** This client, one call of `generate` after the other. */
export const ROLLOUTS_PROMPTS: Contestant = {
  ...ROLLOUTS,
  file: "rollouts_prompts.ts",
};

/** What most programs use. */
export const OPENAI: Contestant = {
  name: "openai",
  runtime: "Deno",
  file: "openai.mjs",
  needsPackages: true,
};

/** OpenRouter's own. */
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

/** What a contestant is called where its runtime matters. */
export function contestantName({ name, runtime }: Contestant): string {
  return `${name} (${runtime})`;
}
