import type { Command } from "../command.ts";
import { QUEUE_FLAGS, QUEUE_HELP, withQueue } from "../flags/queue_flags.ts";
import { countNoun } from "../../util/count_noun.ts";
import { formatUsd } from "../../util/format_usd.ts";

const FLAGS = { ...QUEUE_FLAGS, json: "boolean" } as const;

/** `rollouts queue status`. */
export const command: Command<typeof FLAGS> = {
  help: `Shows the state of a queue.

Usage: rollouts queue status --queue redis://HOST [OPTIONS]

${QUEUE_HELP}
      --json            print JSON

Examples:
  rollouts queue status --queue redis://127.0.0.1
  rollouts queue status --queue redis://127.0.0.1 --json`,
  flags: FLAGS,
  configured: ["queue"],
  run: ({ flags, output }) =>
    withQueue({ flags, output }, async (queue) => {
      const status = await queue.status();
      if (flags.json) {
        output.print(JSON.stringify(status, null, 2));
        return;
      }
      const { workers, capacity, waiting, active, results, paused } = status;
      const { inFlight, limit, spentUsd } = status;
      output.print(`state       ${paused ? "paused" : "running"}
workers     ${workers}, with up to ${countNoun(capacity, "request")} in flight
waiting     ${countNoun(waiting, "request")}
taken       ${countNoun(active, "request")}, by workers
in flight   ${inFlight} of at most ${limit}
results     ${results}, waiting for their runs
spent       ${formatUsd(spentUsd)}`);
    }),
};
