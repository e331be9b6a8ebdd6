import type { Command } from "../command.ts";
import { QUEUE_FLAGS, QUEUE_HELP, withQueue } from "../flags/queue_flags.ts";

const HELP = `Shows what there is in a queue.

Usage: rollouts queue status --queue redis://HOST

${QUEUE_HELP}
      --json            as JSON

Example: rollouts queue status --queue redis://127.0.0.1`;

/** `rollouts queue status`. */
export const QUEUE_STATUS_COMMAND: Command = {
  help: HELP,
  flags: { ...QUEUE_FLAGS, json: "boolean" },
  aliases: {},
  configured: ["queue"],
  run: (given) =>
    withQueue(given, async (queue) => {
      const status = await queue.status();
      if (given.flags.json) {
        console.log(JSON.stringify(status, null, 2));
        return;
      }
      const { workers, places, waiting, active, results, paused } = status;
      const { inFlight, limit, spentUsd } = status;
      console.log(`state       ${paused ? "paused" : "running"}
workers     ${workers}, which can have ${places} requests in flight
waiting     ${waiting} attempts
taken       ${active} attempts, by workers
in flight   ${inFlight} of ${limit} that may be
results     ${results}, which wait for the run that asked for them
spent       $${spentUsd.toFixed(4)}`);
    }),
};
