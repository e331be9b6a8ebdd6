/** What tells a process from others. */
export interface ProcessMark {
  /** Its id. */
  readonly id: number;
  /** Where the id is its own: two ids of one place that differ are two processes. */
  readonly place: string;
}

/**
 * This process; null where that cannot be told. On Deno it is not: locks tell whether a process lives,
 * and to read where an id is its own takes permissions.
 */
export function processMark(): ProcessMark | null {
  return null;
}

/** Whether no process of this one's place has an id; false where that cannot be told. */
export function hasEnded(_id: number): boolean {
  return false;
}
