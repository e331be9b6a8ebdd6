import { RolloutsError } from "../errors.ts";
import { system } from "../platform/deno/system.ts";
import { isApiKey } from "../options/is_api_key.ts";

/**
 * The key that was given, else the environment's `OPENROUTER_API_KEY`.
 *
 * @throws {RolloutsError} Where there is neither, or it cannot be a key. It is never shown.
 */
export function requireApiKey(given: string | undefined): string {
  const apiKey = given ?? system.readEnv("OPENROUTER_API_KEY");
  if (isApiKey(apiKey)) return apiKey;
  if (apiKey !== undefined) {
    throw new RolloutsError(
      `the OpenRouter key in ${
        given === undefined ? "OPENROUTER_API_KEY" : "the option apiKey"
      } must be a text of visible ASCII characters; it may have a line end or a space too many`,
    );
  }
  throw new RolloutsError(
    `no OpenRouter key: set OPENROUTER_API_KEY${system.envHint}, or give the option apiKey`,
  );
}
