import { RolloutsError } from "../errors.ts";
import { isApiKey } from "../options/is_api_key.ts";
import type { Settings } from "../options/settings.ts";
import { system } from "../platform/deno/system.ts";
import { isOpenRouter, OPENROUTER_BASE_URL } from "../openrouter_url.ts";
import { resolveBaseUrl } from "../request/resolve_base_url.ts";

/** The settings that select the API key of a request. */
export type KeySettings = Pick<
  Settings,
  "apiKey" | "baseUrl" | "keyBaseUrl" | "sendKeyTo"
>;

/** The settings that decide where the headers of a client may be sent. */
type HeaderSettings = Pick<
  Settings,
  "headers" | "baseUrl" | "headersBaseUrl" | "sendKeyTo"
>;

/**
 * Returns the option `apiKey`, or the environment's `OPENROUTER_API_KEY`, or `null` if there is neither
 * or the key belongs to another host than that of the base URL.
 */
export function findApiKey(settings: KeySettings): string | null {
  const key = settings.apiKey ?? system.readEnv("OPENROUTER_API_KEY") ?? null;
  const isOwn = key !== null && belongsToHost(settings, ownUrls(settings));
  return isOwn ? key : null;
}

/**
 * Returns the API key for samples: the option `apiKey`, or the environment's `OPENROUTER_API_KEY`, or
 * `null` if neither is for the host of the base URL and the host may need none. Only OpenRouter is known
 * to need one.
 *
 * @throws {RolloutsError} If the host is OpenRouter and there is no key, the key cannot be one, or the
 * option `apiKey` belongs to another host.
 */
export function sampleApiKey(settings: KeySettings): string | null {
  const isOptional = settings.apiKey === undefined &&
    findApiKey(settings) === null &&
    !isOpenRouter(resolveBaseUrl(settings.baseUrl));
  return isOptional ? null : requireApiKey(settings);
}

/**
 * Returns the option `apiKey`, or the environment's `OPENROUTER_API_KEY`.
 *
 * A key is sent only to the host that it belongs to, because base URLs can also come from files and
 * from other programs.
 *
 * @throws {RolloutsError} If there is neither, it cannot be a key, or it belongs to another host than
 * that of the base URL. The message never shows the key.
 */
export function requireApiKey(settings: KeySettings): string {
  const { apiKey, baseUrl } = settings;
  const key = apiKey ?? system.readEnv("OPENROUTER_API_KEY");
  const where = apiKey === undefined ? "OPENROUTER_API_KEY" : "apiKey";
  if (key === undefined) {
    throw new RolloutsError(
      `no API key: set OPENROUTER_API_KEY${
        system.envHint("OPENROUTER_API_KEY")
      } or pass apiKey`,
    );
  }
  const owners = ownUrls(settings);
  if (!belongsToHost(settings, owners)) {
    const { host } = new URL(resolveBaseUrl(baseUrl));
    throw new RolloutsError(
      `the key in ${where} belongs to ${
        hostsOf(owners)
      } and is not sent to ${host}; ` +
        `if ${host} may receive it, pass sendKeyTo: "${host}"`,
    );
  }
  if (isApiKey(key)) return key;
  throw new RolloutsError(
    `the API key in ${where} must contain only visible ASCII characters: ` +
      "check it for a line break or a space",
  );
}

/**
 * Checks that the option `headers` may be sent to the base URL of a call. Headers can contain secrets.
 *
 * @throws {RolloutsError} If they belong to another host. The message never shows the headers.
 */
export function checkHeadersHost(settings: HeaderSettings): void {
  const { headers = {}, baseUrl, headersBaseUrl } = settings;
  const owners = [new URL(resolveBaseUrl(headersBaseUrl))];
  const isSent = Object.keys(headers).length > 0;
  if (!isSent || belongsToHost(settings, owners)) return;
  const { host } = new URL(resolveBaseUrl(baseUrl));
  throw new RolloutsError(
    `the option headers belongs to ${
      hostsOf(owners)
    } and is not sent to ${host}; ` +
      `if ${host} may receive the headers, pass sendKeyTo: "${host}"; otherwise, use another client`,
  );
}

/** Whether what belongs to some addresses may be sent to the base URL. */
function belongsToHost(
  { baseUrl, sendKeyTo }: Pick<Settings, "baseUrl" | "sendKeyTo">,
  owners: readonly URL[],
): boolean {
  const target = new URL(resolveBaseUrl(baseUrl));
  // The same host over http would send the key unencrypted.
  return owners.some(({ origin }) => origin === target.origin) ||
    [sendKeyTo ?? []].flat().some((host) => {
      const { hostname, port } = new URL(`${target.protocol}//${host}`);
      const isAnyPort = !/:\d+$/.test(host);
      return hostname === target.hostname &&
        (isAnyPort || port === target.port);
    });
}

function ownUrls({ apiKey, keyBaseUrl }: KeySettings): URL[] {
  const urls = apiKey === undefined
    ? [OPENROUTER_BASE_URL, resolveBaseUrl(undefined)]
    : [resolveBaseUrl(keyBaseUrl)];
  return urls.map((url) => new URL(url));
}

function hostsOf(urls: readonly URL[]): string {
  return [...new Set(urls.map(({ host }) => host))].join(" and ");
}
