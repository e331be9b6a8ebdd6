import type { Command } from "../command.ts";
import { QUEUE_FLAGS, QUEUE_HELP, withQueue } from "../flags/queue_flags.ts";

/** `rollouts queue pause`. */
export const command: Command<typeof QUEUE_FLAGS> = {
  help: `Has workers take no more; what is under way comes to its end.

Usage: rollouts queue pause --queue redis://HOST

${QUEUE_HELP}

Example: rollouts queue pause --queue redis://127.0.0.1`,
  flags: QUEUE_FLAGS,
  configured: ["queue"],
  run: (input) =>
    withQueue(input, async (queue) => {
      await queue.pause();
      input.output.print("paused: rollouts queue resume lets it go on");
    }),
};
