export const PREFIX = "rollouts";

/** The name of the BullMQ queue. */
export const JOBS = "jobs";

/** The prefix of the limits that all workers share. */
export const LIMITS = `${PREFIX}:limits`;

/** The prefix of the sets that record which coordinators wait for which sample. */
export const SUBSCRIBERS = `${PREFIX}:subscribers`;

/** When the queue was last drained. */
export const DRAINED_AT = `${PREFIX}:drained-at`;
