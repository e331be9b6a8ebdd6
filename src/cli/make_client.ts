import { type ClientOptions, RolloutsClient } from "../../mod.ts";
import { UsageError } from "./usage_error.ts";

/**
 * A client of the options on the command line.
 *
 * @throws {UsageError} Where an option has a wrong value.
 */
export function makeClient(options: ClientOptions): RolloutsClient {
  try {
    return new RolloutsClient(options);
  } catch (error) {
    throw error instanceof TypeError || error instanceof RangeError
      ? new UsageError(error.message)
      : error;
  }
}
