import { PrefillError } from "../errors.ts";
import type { Response } from "../response.ts";

/** Returns the error for a sample whose model started over instead of continuing the prefill. */
export function restartError(
  { provider, seed }: Response,
  model: string,
): PrefillError {
  const by = provider === null ? "" : ` by ${provider}`;
  return new PrefillError(
    `seed ${seed}: ${model}${by} began a thought of its own instead of going on with the prompt's; ` +
      `rollouts probe ${model} shows who goes on, verifyPrefill chooses them`,
  );
}
