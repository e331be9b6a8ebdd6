import { MockHttpError } from "./http_error.ts";

/** What a request asks of the server. */
export type MockRoute =
  | { readonly type: "generation"; readonly kind: "chat" | "text" }
  | { readonly type: "embeddings" }
  | { readonly type: "models" }
  | { readonly type: "endpoints"; readonly model: string }
  | { readonly type: "providers" }
  | { readonly type: "key" }
  | { readonly type: "lookup"; readonly id: string };

/** Where the API begins, as in the URL of the real one. */
export const API_PREFIX = "/api/v1";

/**
 * Tells what a request asks for.
 *
 * @param method "GET", "POST", ….
 * @param url The whole URL.
 * @throws {MockHttpError} With status 404 for an unknown path, 405 for a wrong method, and 400 for
 * a look-up without an id.
 */
export function findRoute(method: string, url: string): MockRoute {
  const { pathname, searchParams } = new URL(url);
  const route = matchPath(pathname, searchParams);
  const isPost = route.type === "generation" || route.type === "embeddings";
  const wanted = isPost ? "POST" : "GET";
  if (method === wanted) return route;
  throw new MockHttpError(
    405,
    `Method ${method} is not allowed: use ${wanted}`,
  );
}

/** Whether a route wants a key; the catalog is open to everybody. */
export function needsKey(route: MockRoute): boolean {
  return route.type === "generation" || route.type === "embeddings" ||
    route.type === "key" || route.type === "lookup";
}

const CHAT: MockRoute = { type: "generation", kind: "chat" };
const TEXT: MockRoute = { type: "generation", kind: "text" };

const ENDPOINTS = /^\/models\/([^/]+\/[^/]+)\/endpoints$/;

function matchPath(pathname: string, query: URLSearchParams): MockRoute {
  const path = pathname.startsWith(API_PREFIX)
    ? pathname.slice(API_PREFIX.length)
    : "";
  switch (path) {
    case "/chat/completions":
      return CHAT;
    case "/completions":
      return TEXT;
    case "/embeddings":
      return { type: "embeddings" };
    case "/models":
      return { type: "models" };
    case "/providers":
      return { type: "providers" };
    case "/key":
      return { type: "key" };
    case "/generation":
      return { type: "lookup", id: readId(query) };
  }
  const model = ENDPOINTS.exec(path)?.[1];
  if (model !== undefined) {
    return { type: "endpoints", model: decodeURIComponent(model) };
  }
  throw new MockHttpError(404, `Not found: ${pathname}`);
}

function readId(query: URLSearchParams): string {
  const id = query.get("id");
  if (id === null) {
    throw new MockHttpError(400, "Invalid request: id is missing");
  }
  return id;
}
