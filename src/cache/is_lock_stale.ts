import type { ProcessId } from "../platform/system.ts";

/**
 * The age of the last heartbeat from which a lock holder counts as dead, in milliseconds. `gone`
 * applies if its file is not locked or its process has ended. Both can be wrong for a holder that
 * runs: on a network file system, and on clones of one machine. `otherwise` applies to all other
 * holders, including suspended ones, so that no process waits forever.
 */
const DEAD_AFTER_MS = { gone: 2_000, otherwise: 30_000 } as const;

/** The state in a holder's file: whether the holder could lock its file. */
const STATES = { locked: "locked", unlocked: "without lock" } as const;

/** Identifies a lock holder. */
export interface HolderIdentity {
  /** Its random id. */
  readonly id: string;
  /** Whether it has locked its file. */
  readonly isLocked: boolean;
  /** Its process, or `null` if that is unknown. */
  readonly mark: ProcessId | null;
}

/** The state of a lock holder, as another process sees it. */
export interface HolderFacts {
  /** Reads its file. */
  readonly readText: () => string;
  /** Whether its file could be locked, or `null` if the file system has no locks. */
  readonly isFree: boolean | null;
  /** The age of its last heartbeat, in milliseconds; negative if the clock was set back since. */
  readonly sinceHeartbeatMs: number;
}

/** The process that checks a lock holder. */
export interface LockObserver {
  /** Its own process, or `null` if that is unknown. */
  readonly mark: ProcessId | null;
  /** Returns whether no process in its namespace has an id. */
  readonly hasEnded: (id: number) => boolean;
}

/**
 * Returns the text of a holder's file: its id and state in the first line, its process in the
 * second. Older versions know only the first line, and look for the state in the first 64 bytes.
 */
export function holderText({ id, isLocked, mark }: HolderIdentity): string {
  const state = isLocked ? STATES.locked : STATES.unlocked;
  const line = mark === null ? "" : `process ${mark.pid} ${mark.namespace}\n`;
  return `${id} ${state}\n${line}`;
}

/** Returns whether a lock holder is dead. A process id from another namespace is ignored. */
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
  // Without the line end, the namespace may be cut off.
  return rest.length > 0 && mark !== null && namespace === mark.namespace &&
    hasEnded(Number(pid));
}
