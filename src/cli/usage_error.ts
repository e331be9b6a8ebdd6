import { withFlagNames } from "./flags/with_flag_names.ts";

/** The command line is wrong. */
export class UsageError extends Error {
  override name = "UsageError";
}

/**
 * Runs a function of the library whose arguments come from the command line.
 *
 * @throws {UsageError} If the function rejects an argument.
 */
export async function withUsageErrors<T>(
  run: () => T | Promise<T>,
): Promise<T> {
  try {
    return await run();
  } catch (error) {
    throw error instanceof TypeError || error instanceof RangeError
      ? new UsageError(withFlagNames(error.message))
      : error;
  }
}
