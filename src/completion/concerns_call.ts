import errorCodes from "./error_codes.json" with { type: "json" };
import type { ApiErrorBody } from "./read_api_error.ts";

/**
 * Whether a permanent error concerns every request of the call: the key, the credit,
 * the model, the address, or the privacy settings of the account. Error codes take precedence over words in messages.
 */
export function concernsCall(
  status: number,
  message: string,
  { details, metadata, availability }: ApiErrorBody,
): boolean {
  if (status === 401 || status === 402) return true;
  if (status >= 300 && status < 400) return true;
  // What a filter found in the prompt concerns only that prompt.
  if (
    metadata.patterns !== undefined || metadata.flagged_input !== undefined ||
    Array.isArray(metadata.reasons)
  ) return false;
  const codes = [
    availability.code,
    metadata.limit_source,
    metadata.error_type,
    metadata.reason,
    details.code,
  ];
  if (codes.some((code) => CALL_CODES.has(code))) return true;
  switch (status) {
    case 400:
      return /not a valid model/i.test(message);
    case 403:
      return /key limit exceeded/i.test(message) || RESTRICTED.test(message);
    case 404:
      return (NO_ENDPOINT.test(message) && !OF_THE_PROMPT.test(message)) ||
        RESTRICTED.test(message) || /<html|<!doctype/i.test(message);
    default:
      return false;
  }
}

const CALL_CODES: ReadonlySet<unknown> = new Set(errorCodes.ofCall);

const NO_ENDPOINT =
  /no endpoints found|no allowed providers|no endpoints available/i;

/** Matches errors about a kind of input that the endpoint does not support. */
const OF_THE_PROMPT = /support (?:image|audio|video|file|pdf)/i;

const RESTRICTED =
  /data policy|privacy (?:settings|policy)|guardrail (?:restriction|settings|polic)|blocked by (?:your )?guardrail/i;
