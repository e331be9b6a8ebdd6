import type { Command } from "../command.ts";
import { QUEUE_FLAGS, QUEUE_HELP, withQueue } from "../flags/queue_flags.ts";

/** `rollouts queue resume`. */
export const command: Command<typeof QUEUE_FLAGS> = {
  help: `Lets workers go on.

Usage: rollouts queue resume --queue redis://HOST

${QUEUE_HELP}

Example: rollouts queue resume --queue redis://127.0.0.1`,
  flags: QUEUE_FLAGS,
  configured: ["queue"],
  run: (input) =>
    withQueue(input, async (queue) => {
      await queue.resume();
      input.output.print("workers go on");
    }),
};
