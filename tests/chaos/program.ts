/**
 * The program that `run_chaos.ts` kills and restarts. It samples a data set, and exits with 0 if
 * every sample is cached, or with 3 if some are missing.
 *
 * @module
 */

import {
  type ClientOptions,
  type PromptInput,
  RolloutsClient,
} from "../../mod.ts";

/** The task of the program, passed as JSON. */
export interface ProgramTask {
  /** The options of the client. */
  readonly client: ClientOptions;
  /** The Redis URL of the queue, if any. */
  readonly queue?: string;
  /** The prompts, with their models. */
  readonly prompts: readonly PromptInput[];
  /** The number of samples per prompt. */
  readonly nSamples: number;
}

if (import.meta.main) {
  const { client: options, queue, prompts, nSamples } = JSON.parse(
    Deno.args[0]!,
  ) as ProgramTask;
  const transport = queue === undefined
    ? undefined
    : new (await import("../../src/queue/mod.ts")).QueueTransport({
      url: queue,
    });
  const client = new RolloutsClient({ ...options, transport });
  let missing = 0;
  for await (const rollouts of client.generateMany(prompts, { nSamples })) {
    missing += rollouts.errors.size;
  }
  if (missing > 0) Deno.exitCode = 3;
}
