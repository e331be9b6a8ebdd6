import type { Failure } from "../outcome.ts";
import { isJsonObject } from "../util/json_object.ts";

/**
 * Returns a failure without the API key of its request, which a server may repeat in any text.
 *
 * @param headers The headers of the request.
 */
export function redactKey(
  failure: Failure,
  headers: Readonly<Record<string, string>>,
): Failure {
  const name = Object.keys(headers)
    .find((name) => name.toLowerCase() === "authorization");
  const key = name === undefined
    ? ""
    : headers[name]!.replace(/^Bearer\s+/i, "");
  return key === "" ? failure : redact(failure, key) as Failure;
}

function redact(value: unknown, key: string): unknown {
  if (typeof value === "string") return value.replaceAll(key, "[key]");
  if (!isJsonObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, member]) => [name, redact(member, key)]),
  );
}
