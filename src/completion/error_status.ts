/**
 * Returns the status of an error: the HTTP status, or, if the error was sent with status 200, the one
 * that its code or type means.
 */
export function errorStatus(
  httpStatus: number,
  ...codes: readonly unknown[]
): number {
  if (httpStatus < 200 || httpStatus > 299) return httpStatus;
  for (const code of codes) {
    if (typeof code !== "string" && typeof code !== "number") continue;
    const status = STATUS_BY_CODE.get(String(code)) ?? Number(code);
    if (Number.isInteger(status) && status >= 400 && status <= 599) {
      return status;
    }
  }
  return 502;
}

/** The codes that providers use in place of a status. */
const STATUS_BY_CODE: ReadonlyMap<string, number> = new Map([
  ["invalid_request_error", 400],
  ["invalid_request", 400],
  ["invalid_argument", 400],
  ["context_length_exceeded", 400],
  ["authentication_error", 401],
  ["invalid_api_key", 401],
  ["insufficient_quota", 402],
  ["insufficient_credits", 402],
  ["permission_error", 403],
  ["permission_denied", 403],
  ["content_policy_violation", 403],
  ["not_found_error", 404],
  ["model_not_found", 404],
  ["request_too_large", 413],
  ["rate_limit_error", 429],
  ["rate_limit_exceeded", 429],
  ["server_error", 500],
  ["api_error", 500],
  ["overloaded_error", 529],
]);
