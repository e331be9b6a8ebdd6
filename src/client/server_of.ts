import { knownServer } from "../catalog/detect_server.ts";
import { RolloutsError, StoppedError } from "../errors.ts";
import { isPrefilled } from "../request/is_prefilled.ts";
import type { ServerName } from "../server_name.ts";
import type { GenerateContext } from "./generate_context.ts";
import type { SamplingRuntime } from "./sampling_runtime.ts";

/**
 * Returns the kind of server that a request is for. Asks the server only if that decides what is sent.
 *
 * @throws {RolloutsError} If the client has a transport and the kind is unknown, or the server rejects the key.
 */
export async function serverOf(
  { request, settings, log }: GenerateContext,
  { detector }: SamplingRuntime,
  apiKey: string | null,
): Promise<ServerName> {
  const { baseUrl, prompt, template } = request;
  const known = settings.server ?? knownServer(baseUrl);
  if (known !== null) return known;
  if (template !== null || !isPrefilled(prompt)) return "openai-compatible";
  // The transport may be the only way to the server.
  if (settings.transport !== undefined) {
    throw new RolloutsError(
      `it is unknown how ${baseUrl} expects a prefill, and a client with a transport cannot detect it: ` +
        "set server to the kind of server",
    );
  }
  try {
    return await detector.detect(baseUrl, { settings, apiKey, log });
  } catch (error) {
    // Nothing is sent after a stop.
    if (error instanceof StoppedError) return "openai-compatible";
    throw error;
  }
}
