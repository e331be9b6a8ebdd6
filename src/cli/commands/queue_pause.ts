import type { Command } from "../command.ts";
import { QUEUE_FLAGS, QUEUE_HELP, withQueue } from "../flags/queue_flags.ts";

/** `rollouts queue pause`. */
export const command: Command<typeof QUEUE_FLAGS> = {
  help: `Pauses the workers of a queue. Requests in flight finish.

Usage: rollouts queue pause --queue redis://HOST

${QUEUE_HELP}

Examples:
  rollouts queue pause --queue redis://127.0.0.1
  ROLLOUTS_QUEUE=redis://127.0.0.1 rollouts queue pause`,
  flags: QUEUE_FLAGS,
  configured: ["queue"],
  run: (input) =>
    withQueue(input, async (queue) => {
      await queue.pause();
      input.output.print("paused; rollouts queue resume continues");
    }),
};
