import type { ProcessId } from "../platform/system.ts";

/**
 * How old the last beat of an owner must be before it counts as dead, in milliseconds: where its
 * lock is free, which only a network's file system may say of one that lives, or its process has
 * ended, as clones of one machine may say of each other's; and else, whether there is nothing to go
 * by or it is stopped, so that nobody waits for ever.
 */
const DEAD_AFTER_MS = { gone: 2_000, otherwise: 30_000 } as const;

/** What an owner's file says of one that holds its lock, and of one that cannot. */
const STATES = { locked: "locked", unlocked: "without lock" } as const;

/** Who an owner is. */
export interface HolderIdentity {
  /** Its own name. */
  readonly id: string;
  /** Whether it holds its file's lock. */
  readonly isLocked: boolean;
  /** Its process; null where that cannot be told. */
  readonly mark: ProcessId | null;
}

/** What is seen of an owner. */
export interface HolderFacts {
  /** Reads what its file says. */
  readonly readText: () => string;
  /** Whether its file's lock was to be had; null where there are no locks. */
  readonly isFree: boolean | null;
  /** How old its last heartbeat is, in milliseconds; negative if the clock was set back since. */
  readonly sinceHeartbeatMs: number;
}

/** Who looks at an owner. */
export interface LockObserver {
  /** Its own process; null where that cannot be told. */
  readonly mark: ProcessId | null;
  /** Whether no process of its place has an id. */
  readonly hasEnded: (id: number) => boolean;
}

/**
 * What an owner's file says: its name, its state, and in a second line its process. A version that knows
 * the first line alone looks for the state in the first 64 bytes, in which nothing else can be
 * taken for it.
 */
export function holderText({ id, isLocked, mark }: HolderIdentity): string {
  const state = isLocked ? STATES.locked : STATES.unlocked;
  const line = mark === null ? "" : `process ${mark.pid} ${mark.namespace}\n`;
  return `${id} ${state}\n${line}`;
}

/** Whether an owner is dead. What its file does not tell, or tells of another place, decides nothing. */
export function isLockStale(
  { readText, isFree, sinceHeartbeatMs }: HolderFacts,
  { mark, hasEnded }: LockObserver,
): boolean {
  // A holder that runs shows it again soon after the clock was set back.
  if (Math.abs(sinceHeartbeatMs) <= DEAD_AFTER_MS.gone) return false;
  if (sinceHeartbeatMs > DEAD_AFTER_MS.otherwise) return true;
  if (isFree === false) return false;
  const [first = "", second = "", ...rest] = readText().split("\n");
  if (isFree && first.endsWith(` ${STATES.locked}`)) return true;
  const [, pid, namespace] = second.match(/^process (\d+) (.+)$/) ?? [];
  // Without the line's end, the namespace may be a part of another.
  return rest.length > 0 && mark !== null && namespace === mark.namespace &&
    hasEnded(Number(pid));
}
