/** What every key in Redis begins with. */
export const PREFIX = "rollouts";

/** The BullMQ queue of attempts. */
export const ATTEMPTS = "attempts";

/** Where the limits are kept. */
export const GATE = `${PREFIX}:gate`;

/** Where it is kept which coordinators want which samples. */
export const WANTED = `${PREFIX}:wanted`;

/** When the queue was last drained. */
export const DRAINED = `${PREFIX}:drained`;
