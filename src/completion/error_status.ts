import errorCodes from "./error_codes.json" with { type: "json" };

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
const STATUS_BY_CODE: ReadonlyMap<string, number> = new Map(
  Object.entries(errorCodes.statuses),
);
