import { ApiError, ResponseError } from "../errors.ts";
import type { Settings } from "../options/settings.ts";
import { resolveBaseUrl } from "../request/resolve_base_url.ts";
import { Catalog } from "./catalog.ts";
import type { EndpointInfo } from "./catalog_entries.ts";
import { knownServer } from "./detect_server.ts";
import { isMissing } from "./is_missing.ts";
import { findApiKey } from "./require_api_key.ts";

/**
 * Lists the endpoints of a model. If a server lists none, it is the only endpoint itself, and its tag is its
 * host.
 */
export async function listEndpoints(
  settings: Settings,
): Promise<EndpointInfo[]> {
  const baseUrl = resolveBaseUrl(settings.baseUrl);
  try {
    const apiKey = findApiKey(settings) ?? undefined;
    return await new Catalog({ ...settings, apiKey }).endpoints(settings.model);
  } catch (error) {
    const hasNone = error instanceof ResponseError ||
      (error instanceof ApiError && isMissing(error));
    const server = settings.server ?? knownServer(baseUrl);
    if (server === "openrouter" || !hasNone) throw error;
    return [serverEndpoint(new URL(baseUrl).host)];
  }
}

/** Whether an endpoint is the server at a base URL, and not one of the providers behind it. */
export function isServerEndpoint(
  { tag }: Pick<EndpointInfo, "tag">,
  baseUrl: string,
): boolean {
  return tag === new URL(baseUrl).host;
}

/** Returns the endpoint of a server that serves a model itself. Nothing more is known about it. */
function serverEndpoint(host: string): EndpointInfo {
  return {
    provider: host,
    tag: host,
    quantization: null,
    contextTokens: null,
    maxCompletionTokens: null,
    promptUsdPerMillion: null,
    completionUsdPerMillion: null,
    supportedParameters: [],
    uptimePercent: null,
    status: null,
  };
}
