import { once } from "node:events";
import {
  createServer,
  type IncomingMessage,
  type ServerResponse,
} from "node:http";
import type { AddressInfo } from "node:net";
import { Writable } from "node:stream";
import type { HttpHandler, ServeHttp } from "../serve_http.ts";
import { webStream } from "./web_stream.ts";

/** Starts an HTTP server on Node. */
export const serveHttp = (async (handler, options = {}) => {
  const { port = 0, hostname = "127.0.0.1", keepsAlive = true } = options;
  let inProgress = 0;
  let isClosing = false;
  // Connections without a request would stay open until the client closes them.
  const closeIfIdle = () => {
    if (isClosing && inProgress === 0) server.closeAllConnections();
  };
  const server = createServer(async (incoming, outgoing) => {
    inProgress++;
    outgoing.once("close", () => {
      inProgress--;
      closeIfIdle();
    });
    try {
      const answer = await answerTo(incoming, outgoing, handler);
      await send(answer, outgoing);
    } catch {
      // The client disconnected, or the body failed: the response must not look complete.
      outgoing.destroy();
    }
  });
  server.listen(port, hostname);
  await once(server, "listening");
  if (!keepsAlive) server.unref();
  const address = server.address() as AddressInfo;
  return {
    port: address.port,
    hostname: address.address,
    close: () =>
      new Promise<void>((resolve) => {
        isClosing = true;
        server.close(() => resolve());
        closeIfIdle();
      }),
  };
}) satisfies ServeHttp;

/** Returns what the handler answers, or a 500 if it throws. */
async function answerTo(
  incoming: IncomingMessage,
  outgoing: ServerResponse,
  handler: HttpHandler,
): Promise<Response> {
  const gone = new AbortController();
  outgoing.once("close", () => {
    if (!outgoing.writableFinished) gone.abort();
  });
  try {
    const url = addressOf(incoming);
    if (url === null) return new Response("Bad Request", { status: 400 });
    return await handler(toRequest(url, incoming, gone.signal));
  } catch (error) {
    console.error(error);
    return new Response("Internal Server Error", { status: 500 });
  }
}

function toRequest(
  url: URL,
  incoming: IncomingMessage,
  signal: AbortSignal,
): Request {
  const { method = "GET", rawHeaders } = incoming;
  const pairs = Array.from(
    { length: rawHeaders.length / 2 },
    (_, i): [string, string] => [rawHeaders[2 * i]!, rawHeaders[2 * i + 1]!],
  );
  const hasBody = method !== "GET" && method !== "HEAD";
  const init = {
    method,
    headers: pairs,
    signal,
    body: hasBody ? webStream(incoming) : null,
    // Node requires this if the body is a stream.
    duplex: "half",
  };
  return new Request(url, init);
}

/** Returns the URL of a request, whatever its `host` header; `null` if it is not valid. */
function addressOf({ url = "/" }: IncomingMessage): URL | null {
  const address = url.startsWith("/") ? `http://localhost${url}` : url;
  return URL.canParse(address) ? new URL(address) : null;
}

async function send(
  { status, statusText, headers, body }: Response,
  outgoing: ServerResponse,
): Promise<void> {
  outgoing.writeHead(status, statusText || undefined, [...headers].flat());
  if (body === null) outgoing.end();
  // Node cannot convert a destroyed stream to a web stream.
  else if (outgoing.destroyed) await body.cancel();
  else await body.pipeTo(Writable.toWeb(outgoing));
}
