import type { QueueControl } from "../../queue/mod.ts";
import { loadQueue } from "../../platform/deno/load_queue.ts";
import type { FlagKind } from "../../options/value_type.ts";
import type { ReadFlags } from "./read_flags.ts";
import { UsageError } from "../usage_error.ts";

/** The flag of the commands that look at a queue. */
export const QUEUE_FLAGS = {
  queue: "text",
} as const satisfies Readonly<Record<string, FlagKind>>;

/** The same, as `--help` shows it. */
export const QUEUE_HELP =
  `      --queue URL       the Redis of the queue, such as redis://127.0.0.1`;

/**
 * Does something with the queue on the command line.
 *
 * @throws {UsageError} Where the line names none, or something else.
 * @throws {QueueError} Where its Redis cannot be used.
 */
export async function withQueue(
  { flags, positionals }: ReadFlags,
  act: (queue: QueueControl) => Promise<void>,
): Promise<number> {
  const [other] = positionals;
  if (other !== undefined) {
    throw new UsageError(`there is no place for ${other}`);
  }
  const { queue } = flags;
  if (queue === undefined) throw new UsageError("--queue is missing");
  await using control = await open(String(queue));
  await act(control);
  return 0;
}

async function open(queue: string): Promise<QueueControl> {
  const { QueueControl } = await loadQueue();
  try {
    return await QueueControl.open(queue);
  } catch (error) {
    throw error instanceof TypeError ? new UsageError(error.message) : error;
  }
}
