import { ApiError, ResponseError } from "../errors.ts";
import type { Settings } from "../options/settings.ts";
import { resolveBaseUrl } from "../request/resolve_base_url.ts";
import { Catalog } from "./catalog.ts";
import type { EndpointInfo } from "./catalog_entries.ts";
import { knownServer } from "./detect_server.ts";

/** Lists the endpoints of a model. A server that lists none is the only one: its tag is its host. */
export async function listEndpoints(
  settings: Settings,
): Promise<EndpointInfo[]> {
  const baseUrl = resolveBaseUrl(settings.baseUrl);
  try {
    return await new Catalog(settings).endpoints(settings.model);
  } catch (error) {
    const isAnswer = error instanceof ResponseError ||
      (error instanceof ApiError && error.status < 500);
    const server = settings.server ?? knownServer(baseUrl);
    if (server === "openrouter" || !isAnswer) throw error;
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
