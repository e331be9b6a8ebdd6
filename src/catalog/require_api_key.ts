import { RolloutsError } from "../errors.ts";
import { system } from "../platform/deno/system.ts";
import { isApiKey } from "../options/is_api_key.ts";

/** Returns the given key, or the environment's `OPENROUTER_API_KEY`, or `null`. */
export function findApiKey(given: string | undefined): string | null {
  return given ?? system.readEnv("OPENROUTER_API_KEY") ?? null;
}

/**
 * Returns the given key, or the environment's `OPENROUTER_API_KEY`.
 *
 * @throws {RolloutsError} If there is neither, or it cannot be a key. The message never shows it.
 */
export function requireApiKey(given: string | undefined): string {
  const apiKey = findApiKey(given);
  if (isApiKey(apiKey)) return apiKey;
  if (apiKey !== null) {
    throw new RolloutsError(
      `the OpenRouter key in ${
        given === undefined ? "OPENROUTER_API_KEY" : "the option apiKey"
      } must be visible ASCII characters only; remove spaces and line breaks`,
    );
  }
  throw new RolloutsError(
    `no OpenRouter key: set OPENROUTER_API_KEY${system.envHint}, or pass apiKey`,
  );
}
