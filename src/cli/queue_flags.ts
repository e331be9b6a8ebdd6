import { QueueControl } from "../queue/mod.ts";
import type { FlagKind, ReadFlags } from "./read_flags.ts";
import { UsageError } from "./usage_error.ts";

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
  if (!URL.canParse(String(queue)) || !/^rediss?:/.test(String(queue))) {
    throw new UsageError("--queue must be like redis://127.0.0.1:6379");
  }
  await using control = await QueueControl.open(String(queue));
  await act(control);
  return 0;
}
