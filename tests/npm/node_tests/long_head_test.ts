import { assertEquals, assertRejects } from "@std/assert";
import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { NetworkError, RolloutsClient } from "../../../mod.ts";

Deno.test("an answer whose head is too long for Node is paid once, and not as often as maxRetries allows", async () => {
  let requests = 0;
  const server = createServer((_, answer) => {
    requests++;
    answer.writeHead(200, { "x-long": "x".repeat(20_000) }).end("{}");
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  await using client = new RolloutsClient({
    model: "qwen/qwq-32b",
    apiKey: "sk-test",
    baseUrl: `http://127.0.0.1:${port}/api/v1`,
    useCache: false,
  });
  await assertRejects(
    () => client.generate("Hi"),
    NetworkError,
    "Headers Overflow",
  );
  assertEquals(requests, 1);
  server.close();
});
