import type { Command } from "../command.ts";
import { QUEUE_FLAGS, QUEUE_HELP, withQueue } from "../flags/queue_flags.ts";

const HELP = `Lets workers go on.

Usage: rollouts queue resume --queue redis://HOST

${QUEUE_HELP}

Example: rollouts queue resume --queue redis://127.0.0.1`;

/** `rollouts queue resume`. */
export const QUEUE_RESUME_COMMAND: Command = {
  help: HELP,
  flags: QUEUE_FLAGS,
  aliases: {},
  configured: ["queue"],
  run: (given) =>
    withQueue(given, async (queue) => {
      await queue.resume();
      console.log("workers go on");
    }),
};
