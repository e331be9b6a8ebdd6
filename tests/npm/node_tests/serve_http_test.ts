import { assert, assertEquals } from "@std/assert";
import { serveHttp } from "../../../node/runtime/serve_http.ts";
import { rawRequest } from "../../support/raw_request.ts";

Deno.test("serveHttp() gives the path that is asked for, whatever name the client has for the server", async () => {
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
