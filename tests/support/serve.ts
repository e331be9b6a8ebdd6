import type { HttpHandler } from "../../src/platform/serve_http.ts";
import { serveHttp } from "../../src/platform/deno/serve_http.ts";

/** Serves responses on a free port of 127.0.0.1 that the mock cannot send. */
export async function serve(handler: HttpHandler) {
  const server = await serveHttp(handler);
  return {
    url: `http://127.0.0.1:${server.port}`,
    [Symbol.asyncDispose]: () => server.close(),
  };
}
