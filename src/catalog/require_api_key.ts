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

/**
 * Returns the option `apiKey`, or the environment's `OPENROUTER_API_KEY`, or `null` if there is neither
 * or the key belongs to another host than that of the base URL.
 */
export function findApiKey(settings: KeySettings): string | null {
  const key = settings.apiKey ?? system.readEnv("OPENROUTER_API_KEY") ?? null;
  return key !== null && belongsToHost(settings) ? key : null;
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
  if (!belongsToHost(settings)) {
    const { host } = new URL(resolveBaseUrl(baseUrl));
    const owners = [...new Set(ownUrls(settings).map((url) => url.host))];
    throw new RolloutsError(
      `the key in ${where} belongs to ${
        owners.join(" and ")
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

/** Whether the key may be sent to the base URL. */
function belongsToHost(settings: KeySettings): boolean {
  const target = new URL(resolveBaseUrl(settings.baseUrl));
  // The same host over http would send the key unencrypted.
  return ownUrls(settings).some(({ origin }) => origin === target.origin) ||
    [settings.sendKeyTo ?? []].flat().some((host) => {
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
