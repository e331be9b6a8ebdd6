import { type ClientOptions, RolloutsClient } from "../../mod.ts";
import type { OPTION_FLAGS } from "./flags/option_flags.ts";
import type { FlagValues } from "./flags/read_flags.ts";
import { withUsageErrors } from "./usage_error.ts";

/**
 * Makes a client with the options on the command line.
 *
 * @throws {UsageError} If an option has a wrong value.
 */
export function makeClient(
  { nSamples: _, seed: __, ...options }: FlagValues<typeof OPTION_FLAGS>,
): Promise<RolloutsClient> {
  return withUsageErrors(() =>
    new RolloutsClient(options as unknown as ClientOptions)
  );
}
