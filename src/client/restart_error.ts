import { PrefillError } from "../errors.ts";
import type { Response } from "../response.ts";

/** Why a sample is none in which the model went on with the thought that it was given. */
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
