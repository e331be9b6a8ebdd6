import type { ServerName } from "../server_name.ts";
import { isJsonObject, type JsonObject } from "../util/json_object.ts";
import { resolveBaseUrl } from "../request/resolve_base_url.ts";
import { errorFromFailure } from "../error_from_failure.ts";
import { tryFetchJson } from "./fetch_json.ts";

/** The servers that the host of a base URL shows, by the end of the host's name. */
const HOSTS: readonly (readonly [string, ServerName])[] = [
  ["openrouter.ai", "openrouter"],
  ["api.deepseek.com", "deepseek"],
  ["api.mistral.ai", "mistral"],
  ["api.moonshot.ai", "moonshot"],
  ["api.moonshot.cn", "moonshot"],
  ["api.openai.com", "openai-compatible"],
];

/** What `owned_by` of a listed model says about a server that runs on one's own machine. */
const OWNERS: Readonly<Record<string, ServerName>> = {
  vllm: "vllm",
  sglang: "sglang",
  llamacpp: "llamacpp",
};

/** Paths beside the API that only one kind of server has, with a field of the response. */
const PATHS: readonly (readonly [string, string, ServerName])[] = [
  ["/get_model_info", "model_path", "sglang"],
  ["/props", "default_generation_settings", "llamacpp"],
  ["/version", "version", "vllm"],
];

/**
 * Returns the kind of server that a base URL is known to be, or `null`. The environment variable
 * `OPENROUTER_BASE_URL` names a server that is like OpenRouter.
 */
export function knownServer(baseUrl: string): ServerName | null {
  const { hostname } = new URL(baseUrl);
  const server = HOSTS.find(([host]) => host === hostname)?.[1];
  if (server !== undefined) return server;
  return baseUrl === resolveBaseUrl(undefined) ? "openrouter" : null;
}

/**
 * Asks a server what it is: by its list of models, or by paths that only one kind has.
 *
 * @throws {NetworkError} If there is no answer.
 */
export async function detectServer(
  baseUrl: string,
  apiKey: string | null,
): Promise<ServerName> {
  const headers: Record<string, string> = apiKey === null
    ? {}
    : { Authorization: `Bearer ${apiKey}` };
  const models = await getJson(`${baseUrl}/models`, headers);
  const entries = Array.isArray(models?.data)
    ? models.data.filter(isJsonObject)
    : [];
  if (entries.some(({ pricing }) => isJsonObject(pricing))) return "openrouter";
  for (const { owned_by } of entries) {
    const owner = OWNERS[String(owned_by)];
    if (owner !== undefined) return owner;
  }
  const { origin } = new URL(baseUrl);
  for (const [path, field, server] of PATHS) {
    const info = await getJson(`${origin}${path}`, headers);
    if (info !== null && field in info) return server;
  }
  return "openai-compatible";
}

/** Returns `null` if the server answers with an error or with something else than an object. */
async function getJson(
  url: string,
  headers: Readonly<Record<string, string>>,
): Promise<JsonObject | null> {
  const result = await tryFetchJson(url, { headers });
  if (!("failure" in result)) return result.body;
  if (result.failure.kind === "api") return null;
  throw errorFromFailure(result.failure);
}
