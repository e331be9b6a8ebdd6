import { RolloutsError } from "../errors.ts";
import { readEnv } from "../runtime/env.ts";

/**
 * The key that was given, else the environment's `OPENROUTER_API_KEY`.
 *
 * @throws {RolloutsError} Where there is neither.
 */
export function requireApiKey(given: string | undefined): string {
  const apiKey = given ?? readEnv("OPENROUTER_API_KEY");
  if (apiKey !== undefined) return apiKey;
  throw new RolloutsError(
    "no OpenRouter key: set OPENROUTER_API_KEY (and let the program read it: --allow-env), or give the option apiKey",
  );
}
