import type { ServerName } from "../server_name.ts";
import {
  isJsonObject,
  type JsonObject,
  objectsIn,
} from "../util/json_object.ts";
import { isOpenRouter } from "../openrouter_url.ts";
import { authorization } from "../request/request_headers.ts";
import { resolveBaseUrl } from "../request/resolve_base_url.ts";
import { errorFromFailure } from "../error_from_failure.ts";
import { type FetchJsonOptions, tryFetchJson } from "./fetch_json.ts";
import { isMissing } from "./is_missing.ts";
import {
  retryFetchJson,
  type RetryFetchJsonOptions,
} from "./retry_fetch_json.ts";

/** The kinds of known servers, by host. */
const HOSTS: ReadonlyMap<unknown, ServerName> = new Map([
  ["api.deepseek.com", "deepseek"],
  ["api.mistral.ai", "mistral"],
  ["api.moonshot.ai", "moonshot"],
  ["api.moonshot.cn", "moonshot"],
  ["api.openai.com", "openai-compatible"],
  ["api.fireworks.ai", "openai-compatible"],
  ["api.together.ai", "openai-compatible"],
  ["api.together.xyz", "openai-compatible"],
]);

/** The kinds of servers, by the `owned_by` of the models that they list. */
const OWNERS: ReadonlyMap<unknown, ServerName> = new Map([
  ["vllm", "vllm"],
  ["sglang", "sglang"],
  ["llamacpp", "llamacpp"],
]);

/** Paths outside the API that only one kind of server has, with a field of the response. */
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
  return isOpenRouter(baseUrl) || baseUrl === resolveBaseUrl(undefined)
    ? "openrouter"
    : HOSTS.get(new URL(baseUrl).hostname) ?? null;
}

export interface DetectOptions
  extends RetryFetchJsonOptions, Pick<FetchJsonOptions, "fetch"> {
  /** The API key, or `null` to send none. */
  readonly apiKey: string | null;
}

/**
 * Detects the kind of a server from its list of models, or from paths that only one kind has. Transient
 * failures are retried, because a wrong kind would lose prefills.
 *
 * @throws {ApiError} If the server rejects the key.
 * @throws {NetworkError} If there is no answer.
 * @throws The signal's reason, if it is aborted.
 */
export async function detectServer(
  baseUrl: string,
  options: DetectOptions,
): Promise<ServerName> {
  const models = await getJson(`${baseUrl}/models`, options);
  const entries = objectsIn(models?.data);
  if (entries.some(({ pricing }) => isJsonObject(pricing))) return "openrouter";
  for (const { owned_by } of entries) {
    const server = OWNERS.get(owned_by);
    if (server !== undefined) return server;
  }
  const { origin } = new URL(baseUrl);
  for (const [path, field, server] of PATHS) {
    const info = await getJson(`${origin}${path}`, options);
    if (info !== null && field in info) return server;
  }
  return "openai-compatible";
}

/** Returns `null` if the server has no such path, or answers with something other than an object. */
async function getJson(
  url: string,
  { apiKey, fetch, ...options }: DetectOptions,
): Promise<JsonObject | null> {
  const { signal } = options;
  const headers = authorization(apiKey);
  const result = await retryFetchJson(
    () => tryFetchJson(url, { headers, fetch, signal }),
    options,
  );
  if (!("failure" in result)) return result.body;
  if (isMissing(result.failure)) return null;
  throw errorFromFailure(result.failure);
}
