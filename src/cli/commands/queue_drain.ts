import type { Command } from "../command.ts";
import { QUEUE_FLAGS, QUEUE_HELP, withQueue } from "../flags/queue_flags.ts";
import { countNoun } from "../../util/count_noun.ts";

const FLAGS = {
  ...QUEUE_FLAGS,
  results: "boolean",
  forgetSpent: "boolean",
} as const;

/** `rollouts queue drain`. */
export const command: Command<typeof FLAGS> = {
  help:
    `Removes the waiting requests. The runs that added them end with the samples that they have.

Usage: rollouts queue drain --queue redis://HOST [OPTIONS]

${QUEUE_HELP}
      --results         also discard results that no run has read, although they are paid for
      --forget-spent    reset the cost that counts toward --max-cost-usd

Examples:
  rollouts queue drain --queue redis://127.0.0.1
  rollouts queue drain --queue redis://127.0.0.1 --forget-spent`,
  flags: FLAGS,
  configured: ["queue"],
  run: ({ flags, output }) =>
    withQueue({ flags, output }, async (queue) => {
      const { attempts, results } = await queue.drain({
        results: flags.results,
        spent: flags.forgetSpent,
      });
      output.print(
        `${countNoun(attempts, "request")} removed, ${
          countNoun(results, "result")
        } discarded`,
      );
    }),
};
