import type { QueueControl } from "../../queue/mod.ts";
import { loadQueue } from "../load_queue.ts";
import type { CommandInput } from "../command.ts";
import { UsageError, withUsageErrors } from "../usage_error.ts";
import { loggerFor } from "../output/cli_output.ts";
import type { FlagTable } from "./read_flags.ts";

/** The flag of the commands that control a queue. */
export const QUEUE_FLAGS = { queue: "text" } as const satisfies FlagTable;

/** Its line in `--help`. */
export const QUEUE_HELP =
  `      --queue URL       Redis of the queue, such as redis://127.0.0.1`;

/**
 * Opens the queue on the command line, and closes it after the action.
 *
 * @returns The exit code 0.
 *
 * @throws {UsageError} If `--queue` is missing or is not the address of a Redis server.
 * @throws {QueueError} If the Redis server cannot be used.
 */
export async function withQueue(
  { flags: { queue }, output }: Pick<
    CommandInput<typeof QUEUE_FLAGS>,
    "flags" | "output"
  >,
  act: (queue: QueueControl) => Promise<void>,
): Promise<number> {
  if (queue === undefined) {
    throw new UsageError(
      "--queue is required, such as --queue redis://127.0.0.1",
    );
  }
  const { QueueControl } = await loadQueue();
  await using control = await withUsageErrors(() =>
    QueueControl.open(queue, { logger: loggerFor(output) })
  );
  await act(control);
  return 0;
}
