import {
  type ClientOptions,
  type GenerateOptions,
  type Logger,
  RolloutsClient,
  type Transport,
} from "../../mod.ts";
import type { OPTION_FLAGS, TRANSPORT_FLAGS } from "./flags/option_flags.ts";
import type { FlagValues } from "./flags/read_flags.ts";
import { isBaseUrl } from "../options/base_url.ts";
import { resolveOptions } from "../options/resolve_options.ts";
import { loadQueue } from "./load_queue.ts";
import { type CliOutput, loggerFor } from "./output/cli_output.ts";
import { UsageError, withUsageErrors } from "./usage_error.ts";

/**
 * Creates a client with the options on the command line.
 *
 * @throws {UsageError} If an option has a wrong value.
 */
export async function makeClient(
  {
    nSamples,
    seed,
    queue,
    metricsPort,
    metricsHost,
    sendKey,
    ...options
  }: FlagValues<typeof OPTION_FLAGS>,
  output: CliOutput,
): Promise<RolloutsClient> {
  const logger = loggerFor(output);
  return await withUsageErrors(async () => {
    const transport = await transportFor(
      { queue, metricsPort, metricsHost },
      logger,
    );
    const settings = {
      ...options,
      sendKeyTo: hostsForKey({ ...options, sendKey }),
      transport,
      logger,
    } as ClientOptions;
    resolveOptions(settings, { nSamples, seed } as GenerateOptions);
    return new RolloutsClient(settings);
  });
}

/** Returns the option `sendKeyTo`: `--send-key` adds the host of the base URL. */
export function hostsForKey(
  { baseUrl, sendKey, sendKeyTo }: {
    readonly baseUrl?: string;
    readonly sendKey?: boolean;
    readonly sendKeyTo?: unknown;
  },
): string[] | undefined {
  if (!sendKey || !isBaseUrl(baseUrl)) {
    return sendKeyTo as string[] | undefined;
  }
  return [sendKeyTo ?? [], new URL(baseUrl).host].flat() as string[];
}

/** Returns the transport that the flags select, or `undefined` for the default. */
async function transportFor(
  { queue, metricsPort, metricsHost }: FlagValues<typeof TRANSPORT_FLAGS>,
  logger: Logger,
): Promise<Transport | undefined> {
  if (queue === undefined) {
    if (metricsPort === undefined) return undefined;
    throw new UsageError(
      "--metrics-port has no effect without --queue: set --queue or omit it",
    );
  }
  const { QueueTransport } = await loadQueue();
  return new QueueTransport({ url: queue, metricsPort, metricsHost, logger });
}
