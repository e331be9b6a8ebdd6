import { OPENROUTER_BASE_URL } from "../openrouter_url.ts";
import { system } from "../platform/deno/system.ts";
import { baseUrlProblem } from "../options/base_url.ts";
import { withoutPassword } from "../util/without_password.ts";

/**
 * Returns the API's base URL, without a slash at the end: the given one, else the environment's
 * `OPENROUTER_BASE_URL`, else OpenRouter's own.
 *
 * @throws {TypeError} If it is not a base URL: an http or https URL without credentials, query, or endpoint.
 */
export function resolveBaseUrl(given: string | undefined): string {
  const [name, value] = given === undefined
    ? ["OPENROUTER_BASE_URL", system.readEnv("OPENROUTER_BASE_URL")]
    : ["baseUrl", given];
  if (value === undefined) return OPENROUTER_BASE_URL;
  const problem = baseUrlProblem(value);
  if (problem === null) return value.replace(/\/+$/, "");
  throw new TypeError(
    `${name} must be ${problem}, got ${withoutPassword(value)}`,
  );
}
