import { PrefillError } from "../errors.ts";
import type { Response } from "../response.ts";

/** Returns the error for a sample whose model started over instead of continuing the prefill. */
export function restartError(
  { provider, seed }: Response,
  model: string,
): PrefillError {
  const by = provider === null ? "" : ` by ${provider}`;
  return new PrefillError(
    `seed ${seed}: ${model}${by} started over instead of continuing the prefill; ` +
      `set verifyPrefill: true to use only providers that continue it`,
  );
}
