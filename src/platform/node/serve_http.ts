import { once } from "node:events";
import {
  createServer,
  type IncomingMessage,
  type ServerResponse,
} from "node:http";
import type { AddressInfo } from "node:net";
import { Writable } from "node:stream";
import type {
  HttpHandler,
  HttpServer,
  ServeHttpOptions,
} from "../serve_http.ts";
import { webStream } from "./web_stream.ts";

export async function serveHttp(
  handler: HttpHandler,
  options: ServeHttpOptions = {},
): Promise<HttpServer> {
  const { port = 0, hostname = "127.0.0.1", keepsAlive = true } = options;
  const server = createServer(async (incoming, outgoing) => {
    try {
      const answer = await answerTo(incoming, outgoing, handler);
      await send(answer, outgoing);
    } catch {
      // The client is gone, or the body failed: what was sent so far must not look whole.
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
    close: () => new Promise((resolve) => server.close(() => resolve())),
  };
}

/** What the handler answers; a 500 where it throws. */
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
    // Node asks for it where a body is a stream.
    duplex: "half",
  };
  return new Request(url, init);
}

/** What a request is for, whatever name of this server stands in its head; null where that is no address. */
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
  // Of one that is gone Node makes no web stream.
  else if (outgoing.destroyed) await body.cancel();
  else await body.pipeTo(Writable.toWeb(outgoing));
}
