import { ApiError, PrefillError } from "../errors.ts";
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

/** Whether an error says that the provider does not accept a last message of the assistant. */
export function isPrefillRefusal(error: unknown): error is ApiError {
  return error instanceof ApiError && error.status === 400 &&
    /prefill|must end with a user|last message|assistant message/i.test(
      error.message,
    );
}
