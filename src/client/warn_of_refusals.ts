import { ApiError } from "../errors.ts";
import type { Notices } from "../notices.ts";

/** Says it where a provider refused to go on with the thought that the prompt begins. */
export function warnOfRefusals(
  results: ReadonlyMap<number, unknown>,
  notices: Notices,
): void {
  for (const error of results.values()) {
    if (!isPrefillRefusal(error)) continue;
    notices.warn(
      `${
        error.provider ?? "the provider"
      } refuses to go on with the thought that the prompt begins: ` +
        error.message,
      `refused by ${error.provider}`,
    );
  }
}

/** Whether an error says that a last message of the assistant's is not taken. */
export function isPrefillRefusal(error: unknown): error is ApiError {
  return error instanceof ApiError && error.status === 400 &&
    /prefill|must end with a user|last message|assistant message/i.test(
      error.message,
    );
}
