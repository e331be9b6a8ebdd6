import { ApiError } from "../errors.ts";

/** Statuses with which the API rejects a request permanently. */
const REFUSED = [400, 404, 405, 422, 501];

/**
 * Whether an error means that the provider refuses a prefill: it does not accept a last message of the
 * assistant. In a probe, whose requests differ from accepted ones only by the prefill, every permanent
 * rejection means this.
 */
export function isPrefillRefusal(
  error: unknown,
  { isProbe = false }: { readonly isProbe?: boolean } = {},
): error is ApiError {
  if (!(error instanceof ApiError)) return false;
  if (isProbe) return REFUSED.includes(error.status);
  return error.status === 400 &&
    /prefill|must end with a user|last message|assistant message/i.test(
      error.message,
    );
}
