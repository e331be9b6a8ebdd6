import type { HttpServer, ServeHttp } from "../serve_http.ts";

/** Starts an HTTP server on Deno. */
export const serveHttp = ((handler, options = {}) => {
  const { port = 0, hostname = "127.0.0.1", keepsAlive = true } = options;
  return new Promise<HttpServer>((resolve) => {
    const server = Deno.serve({
      port,
      hostname,
      onListen: (address) =>
        resolve({ ...address, close: () => server.shutdown() }),
    }, (request) => handler(request));
    if (!keepsAlive) server.unref();
  });
}) satisfies ServeHttp;
