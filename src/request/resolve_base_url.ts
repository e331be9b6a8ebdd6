import { OPENROUTER_BASE_URL } from "./build_request.ts";
import { system } from "../platform/deno/system.ts";
import { isHttpAddress } from "../options/is_http_address.ts";

/**
 * Returns the API's base URL: the given one, else the environment's `OPENROUTER_BASE_URL`, else
 * OpenRouter's own.
 *
 * @throws {TypeError} If it is not an http or https URL.
 */
export function resolveBaseUrl(given: string | undefined): string {
  const [name, value] = given === undefined
    ? ["OPENROUTER_BASE_URL", system.readEnv("OPENROUTER_BASE_URL")]
    : ["baseUrl", given];
  if (value === undefined) return OPENROUTER_BASE_URL;
  if (isHttpAddress(value)) return value;
  throw new TypeError(
    `${name} must be an http or https address without a user name, such as ${OPENROUTER_BASE_URL}`,
  );
}
