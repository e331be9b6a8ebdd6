/** Answers one HTTP request. */
export type HttpHandler = (request: Request) => Response | Promise<Response>;

/** Options of {@linkcode serveHttp}. */
export interface ServeHttpOptions {
  /**
   * The TCP port; 0 takes a free one.
   *
   * @default {0}
   */
  readonly port?: number;
  /**
   * The address to listen on.
   *
   * @default {"127.0.0.1"}
   */
  readonly hostname?: string;
  /**
   * Whether the program goes on as long as it listens.
   *
   * @default {true}
   */
  readonly keepsAlive?: boolean;
}

/** A server that listens, as {@linkcode serveHttp} gives it. */
export interface HttpServer {
  /** The port it listens on, never 0. */
  readonly port: number;
  /** The address it listens on. */
  readonly hostname: string;
  /** Takes no more connections, lets open answers end, and frees the port. */
  close(): Promise<void>;
}

/**
 * Starts an HTTP server; it listens when the promise resolves.
 *
 * `request.signal` aborts when the client goes away, so that a handler can stop waiting.
 *
 * @param handler Answers each request; where it throws, the client gets a 500.
 * @param options Where to listen.
 * @returns The server; call `close()` to end it.
 * @throws {Error} Where the port is taken.
 *
 * @example
 * ```ts
 * import { serveHttp } from "./serve_http.ts";
 *
 * const server = await serveHttp(() => new Response("hello"));
 * const answer = await fetch(`http://${server.hostname}:${server.port}/`);
 * console.log(await answer.text()); // hello
 * await server.close();
 * ```
 */
export function serveHttp(
  handler: HttpHandler,
  options: ServeHttpOptions = {},
): Promise<HttpServer> {
  const { port = 0, hostname = "127.0.0.1", keepsAlive = true } = options;
  return new Promise((resolve) => {
    const server = Deno.serve({
      port,
      hostname,
      onListen: (address) =>
        resolve({ ...address, close: () => server.shutdown() }),
    }, (request) => handler(request));
    if (!keepsAlive) server.unref();
  });
}
