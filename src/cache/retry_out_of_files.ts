// Loaded with this module: without a free descriptor, no module can be loaded later.
import { type Clock, systemClock } from "../util/clock.ts";
import type { Log } from "../util/log.ts";
import { isOutOfFiles } from "../util/is_out_of_files.ts";

/** How long to wait for a file descriptor, in milliseconds. */
const WAIT_MS = 50;

/**
 * Runs a call to the file system, and again as long as too many files and connections are open: each
 * request that ends frees one. Returns a promise only if it has to wait.
 */
export function retryOutOfFiles<T>(
  run: () => T,
  { log, clock = systemClock }: {
    readonly log?: Log;
    readonly clock?: Clock;
  } = {},
): T | Promise<T> {
  try {
    return run();
  } catch (error) {
    if (!isOutOfFiles(error)) throw error;
    log?.warn(
      "too many files and connections are open: fewer requests are sent, and samples are stored as soon " +
        "as possible; raise the limit of open files (ulimit -n) to send more",
      "open files",
    );
    return runLater(run, clock);
  }
}

async function runLater<T>(run: () => T, clock: Clock): Promise<T> {
  const { signal: never } = new AbortController();
  for (;;) {
    // An answer that has arrived is stored in any case.
    await clock.sleep(WAIT_MS, never);
    try {
      return run();
    } catch (error) {
      if (!isOutOfFiles(error)) throw error;
    }
  }
}
