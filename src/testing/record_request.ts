import type { OpenRecord } from "./request_log.ts";

/**
 * The record of a request that has just come; its body is not yet read.
 *
 * @param request The request.
 * @param startMs When it came, in milliseconds since the server's start.
 */
export function recordRequest(request: Request, startMs: number): OpenRecord {
  const { pathname, search } = new URL(request.url);
  const { authorization: _, ...headers } = Object.fromEntries(request.headers);
  return {
    method: request.method,
    path: pathname + search,
    headers,
    body: undefined,
    seed: null,
    attempt: 0,
    startMs,
    status: null,
    fault: null,
    outcome: "pending",
  };
}

/** The key of a request, or "" where it has none. */
export function readApiKey(headers: Headers): string {
  return /^Bearer\s+(.*\S)\s*$/i.exec(headers.get("Authorization") ?? "")
    ?.[1] ?? "";
}
