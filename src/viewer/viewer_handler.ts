import type { HttpHandler } from "../platform/serve_http.ts";
import { answerRequest, RequestError } from "./answer_request.ts";
import type { ViewSource } from "./view_data.ts";
import page from "./viewer_page.html" with { type: "text" };

/** Options of a handler. */
export interface ViewerHandlerOptions {
  /** The secret first path segment of every address. */
  readonly token: string;
  /** Returns the port of the server. */
  readonly port: () => number;
}

/** The page, whose policy lets its script send requests to the server. */
const SERVED_PAGE = page.replace(
  "default-src 'none'",
  "default-src 'none'; connect-src 'self'",
);

/** The headers of every response. */
const HEADERS = {
  "content-security-policy": `${
    SERVED_PAGE.match(/Security-Policy" content="(.*?)"/)?.[1]
  }; frame-ancestors 'none'`,
  "x-content-type-options": "nosniff",
  "referrer-policy": "no-referrer",
  "cross-origin-resource-policy": "same-origin",
  "cross-origin-opener-policy": "same-origin",
  "cache-control": "no-store",
};

/**
 * Serves the viewer's page and its API. It rejects requests without the token, from pages of another
 * origin, and under another host name than that of this machine. Nothing can be modified.
 */
export function viewerHandler(
  source: ViewSource,
  { token, port }: ViewerHandlerOptions,
): HttpHandler {
  return async (request) => {
    const refused = refusal(request, port());
    if (refused !== null) return refused;
    const { pathname, searchParams } = new URL(request.url);
    const [, given = "", ...rest] = pathname.split("/");
    if (!isEqual(given, token) || rest.length === 0) return notFound();
    const path = rest.join("/");
    if (path === "") return text(SERVED_PAGE, "text/html");
    if (!path.startsWith("api/")) return notFound();
    try {
      const value = await answerRequest(
        source,
        path.slice("api/".length),
        searchParams,
      );
      return text(JSON.stringify(value), "application/json");
    } catch (error) {
      const status = error instanceof RequestError ? error.status : 500;
      const reason = error instanceof Error ? error.message : String(error);
      return text(
        JSON.stringify({ error: reason }),
        "application/json",
        status,
      );
    }
  };
}

/** Returns the error response to a request that the page did not send, or `null`. */
function refusal(
  { method, headers }: Request,
  port: number,
): Response | null {
  const hosts = [`127.0.0.1:${port}`, `localhost:${port}`];
  const host = headers.get("host") ?? "";
  const origin = headers.get("origin");
  const site = headers.get("sec-fetch-site") ?? "none";
  const isForeign = !hosts.includes(host) ||
    (origin !== null && origin !== `http://${host}`) ||
    !["none", "same-origin"].includes(site);
  if (isForeign) return text("forbidden", "text/plain", 403);
  if (method === "GET" || method === "HEAD") return null;
  const refused = text("only GET and HEAD", "text/plain", 405);
  refused.headers.set("allow", "GET, HEAD");
  return refused;
}

/** Compares in constant time. */
function isEqual(given: string, token: string): boolean {
  let difference = given.length ^ token.length;
  for (let index = 0; index < token.length; index++) {
    difference |= given.charCodeAt(index) ^ token.charCodeAt(index);
  }
  return difference === 0;
}

function notFound(): Response {
  return text("not found", "text/plain", 404);
}

function text(body: string, type: string, status = 200): Response {
  return new Response(body, {
    status,
    headers: { ...HEADERS, "content-type": `${type}; charset=utf-8` },
  });
}

/** Returns a random token with 192 bits, which can be part of an address. */
export function newToken(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(24));
  return btoa(String.fromCharCode(...bytes)).replaceAll("+", "-")
    .replaceAll("/", "_");
}
