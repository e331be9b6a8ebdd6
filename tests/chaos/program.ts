/**
 * The program that is killed and run again: it samples a data set, and exits with 0 when every
 * sample is there, with 3 when some are missing.
 *
 * @module
 */

import {
  type ClientOptions,
  type PromptInput,
  RolloutsClient,
} from "../../mod.ts";

/** What the program is told, as JSON. */
export interface ProgramTask {
  /** The client's options. */
  readonly client: ClientOptions;
  /** The Redis of the queue that requests go through, if any. */
  readonly queue?: string;
  /** The prompts, with the models that they are for. */
  readonly prompts: readonly PromptInput[];
  /** Samples of each. */
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
