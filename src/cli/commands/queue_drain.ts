import type { Command } from "../command.ts";
import { QUEUE_FLAGS, QUEUE_HELP, withQueue } from "../flags/queue_flags.ts";

const HELP =
  `Takes out what waits for a worker. The runs that wait for it end with what they have.

Usage: rollouts queue drain --queue redis://HOST

${QUEUE_HELP}
      --results         gives up the results too that wait for a run, though they are paid
      --forget-spent    forgets what was spent: the budget of --max-cost-usd begins anew

Example: rollouts queue drain --queue redis://127.0.0.1`;

/** `rollouts queue drain`. */
export const QUEUE_DRAIN_COMMAND: Command = {
  help: HELP,
  flags: { ...QUEUE_FLAGS, results: "boolean", forgetSpent: "boolean" },
  aliases: {},
  configured: ["queue"],
  run: (given) =>
    withQueue(given, async (queue) => {
      const { results, forgetSpent } = given.flags as {
        results?: boolean;
        forgetSpent?: boolean;
      };
      const drained = await queue.drain({ results, spent: forgetSpent });
      console.log(
        `${drained.attempts} attempts taken out, ${drained.results} results given up`,
      );
    }),
};
