import type { Command } from "../command.ts";
import { QUEUE_FLAGS, QUEUE_HELP, withQueue } from "../flags/queue_flags.ts";

/** `rollouts queue resume`. */
export const command: Command<typeof QUEUE_FLAGS> = {
  help: `Resumes the workers of a paused queue.

Usage: rollouts queue resume --queue redis://HOST

${QUEUE_HELP}

Examples:
  rollouts queue resume --queue redis://127.0.0.1
  ROLLOUTS_QUEUE=redis://127.0.0.1 rollouts queue resume`,
  flags: QUEUE_FLAGS,
  configured: ["queue"],
  run: (input) =>
    withQueue(input, async (queue) => {
      await queue.resume();
      input.output.print("resumed");
    }),
};
