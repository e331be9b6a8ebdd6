/**
 * Starts an HTTP server. Implemented by `deno/serve_http.ts` and `node/serve_http.ts`.
 *
 * `request.signal` aborts when the client disconnects, so that a handler can stop waiting.
 *
 * @example
 * ```ts
 * import { serveHttp } from "./deno/serve_http.ts";
 *
 * const server = await serveHttp(() => new Response("hello"));
 * const answer = await fetch(`http://${server.hostname}:${server.port}/`);
 * console.log(await answer.text()); // hello
 * await server.close();
 * ```
 */
export interface ServeHttp {
  /**
   * @param handler Answers each request. The client gets a 500 if it throws.
   * @param options Where to listen.
   * @returns The server, once it listens.
   * @throws {Error} If the port is taken.
   */
  (handler: HttpHandler, options?: ServeHttpOptions): Promise<HttpServer>;
}

/** Answers one HTTP request. */
export type HttpHandler = (request: Request) => Response | Promise<Response>;

/** Options of {@linkcode ServeHttp}. */
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
   * Whether the server keeps the process running.
   *
   * @default {true}
   */
  readonly keepsAlive?: boolean;
}

/** An HTTP server that is listening. */
export interface HttpServer {
  /** The port it listens on, never 0. */
  readonly port: number;
  /** The address it listens on. */
  readonly hostname: string;
  /** Accepts no more connections, finishes responses in progress, and frees the port. */
  close(): Promise<void>;
}
