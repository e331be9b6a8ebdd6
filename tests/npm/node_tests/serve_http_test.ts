import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { once } from "node:events";
import { connect } from "node:net";
import { serveHttp } from "../../../src/platform/node/serve_http.ts";
import { rawRequest } from "../../support/raw_request.ts";

Deno.test("serveHttp() passes the requested path on, whatever the Host header", async () => {
  const server = await serveHttp(({ url }) => {
    const { pathname, search } = new URL(url);
    return new Response(`path ${pathname}${search}`);
  });
  const asked = {
    "/a?b=c": "path /a?b=c",
    "//evil.example/a": "path //evil.example/a",
    "http://evil.example/a": "path /a",
  };
  for (const [address, expected] of Object.entries(asked)) {
    for (const host of ["127.0.0.1", "127.0.0.1:1.evil.example", ":"]) {
      const lines = [`GET ${address} HTTP/1.1`, `host: ${host}`];
      const answer = await rawRequest(server.port, lines);
      assert(answer.startsWith("HTTP/1.1 200 "), answer);
      assertEquals(answer.includes(expected), true, answer);
    }
  }
  const answer = await rawRequest(server.port, [
    "OPTIONS * HTTP/1.1",
    "host: a",
  ]);
  assert(answer.startsWith("HTTP/1.1 400 "), answer);
  await server.close();
});

Deno.test("serveHttp() stops a response whose client disconnects, before it and during it", async () => {
  const ended: string[] = [];
  let asked = Promise.withResolvers<void>();
  const gone = Promise.withResolvers<void>();
  const server = await serveHttp(async ({ url, signal }) => {
    const name = new URL(url).pathname;
    if (name === "/before") {
      asked.resolve();
      await once(signal, "abort");
    }
    let pieces = 0;
    return new Response(
      new ReadableStream({
        pull: (controller) => {
          controller.enqueue(new Uint8Array(100_000));
          if (++pieces === 2) asked.resolve();
        },
        cancel: () => {
          ended.push(name);
          if (ended.length === 2) gone.resolve();
        },
      }, { highWaterMark: 0 }),
    );
  });
  for (const name of ["before", "within"]) {
    asked = Promise.withResolvers();
    const socket = connect({ host: "127.0.0.1", port: server.port });
    socket.write(`GET /${name} HTTP/1.1\r\nhost: a\r\n\r\n`);
    await asked.promise;
    socket.destroy();
  }
  await gone.promise;
  assertEquals(ended.toSorted(), ["/before", "/within"]);
  await server.close();
});

Deno.test("HttpServer.close() finishes the response in progress, and closes idle connections", async () => {
  const asked = Promise.withResolvers<void>();
  const released = Promise.withResolvers<void>();
  const server = await serveHttp(async () => {
    asked.resolve();
    await released.promise;
    return new Response("complete");
  });
  const unused = connect({ host: "127.0.0.1", port: server.port });
  await once(unused, "connect");
  const answer = rawRequest(server.port, ["GET / HTTP/1.1", "host: a"]);
  await asked.promise;
  const closed = server.close();
  released.resolve();
  await Promise.all([closed, once(unused, "close")]);
  assertStringIncludes(await answer, "\r\ncomplete\r\n0\r\n\r\n");
});
