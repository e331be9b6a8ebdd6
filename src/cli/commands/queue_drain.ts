import type { Command } from "../command.ts";
import { QUEUE_FLAGS, QUEUE_HELP, withQueue } from "../flags/queue_flags.ts";

const FLAGS = {
  ...QUEUE_FLAGS,
  results: "boolean",
  forgetSpent: "boolean",
} as const;

/** `rollouts queue drain`. */
export const command: Command<typeof FLAGS> = {
  help:
    `Takes out what waits for a worker. The runs that wait for it end with what they have.

Usage: rollouts queue drain --queue redis://HOST

${QUEUE_HELP}
      --results         gives up the results too that wait for a run, though they are paid
      --forget-spent    forgets what was spent: the budget of --max-cost-usd begins anew

Example: rollouts queue drain --queue redis://127.0.0.1`,
  flags: FLAGS,
  configured: ["queue"],
  run: ({ flags, output }) =>
    withQueue({ flags, output }, async (queue) => {
      const { attempts, results } = await queue.drain({
        results: flags.results,
        spent: flags.forgetSpent,
      });
      output.print(
        `${attempts} attempts taken out, ${results} results given up`,
      );
    }),
};
