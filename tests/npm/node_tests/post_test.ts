import { assert, assertEquals, assertRejects } from "@std/assert";
import { execFile } from "node:child_process";
import { once } from "node:events";
import {
  createServer,
  type IncomingMessage,
  type RequestListener,
  type Server as HttpServer,
} from "node:http";
import { type AddressInfo, createServer as createTcpServer } from "node:net";
import process from "node:process";
import { text } from "node:stream/consumers";
import { brotliCompressSync, gzipSync } from "node:zlib";
import { post } from "../../../src/platform/node/post.ts";
import { MockOpenRouter } from "../../../src/testing/mod.ts";
import type { PostAnswer, PostRequest } from "../../../src/platform/post.ts";
import { LightAbortController } from "../../../src/util/light_abort_controller.ts";

/** Runs a function with the URL of a server. */
async function withServer(
  listener: RequestListener,
  run: (url: string) => Promise<void>,
): Promise<void> {
  const server: HttpServer = createServer(listener).listen(0, "127.0.0.1");
  await once(server, "listening");
  try {
    await run(urlOf(server));
  } finally {
    server.closeAllConnections();
    server.close();
  }
}

function urlOf(server: { address(): unknown }): string {
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1?a=b`;
}

function send(
  url: string,
  options: Partial<PostRequest> = {},
): Promise<PostAnswer> {
  const signal = new LightAbortController();
  const request = {
    url,
    headers: {},
    body: "{}",
    maxAnswerBytes: 1000,
    signal,
  };
  return post({ ...request, ...options });
}

function textOf({ body }: PostAnswer): string | null {
  return body === null ? null : new TextDecoder().decode(body);
}

Deno.test("post() sends the body with the request's headers and those of fetch", async () => {
  let received: IncomingMessage | null = null;
  let sent = "";
  await withServer(async (request, response) => {
    received = request;
    sent = await text(request);
    response.writeHead(418, { "X-Request-Id": "r1" }).end("short");
  }, async (url) => {
    const answer = await send(url, {
      body: '{"é":1}',
      headers: { "Content-Type": "application/json", "User-Agent": "mine" },
    });
    assertEquals(answer.status, 418);
    assertEquals(answer.headers.get("x-request-id"), "r1");
    assertEquals(textOf(answer), "short");
  });
  const { method, url, headers } = received as unknown as IncomingMessage;
  assertEquals([method, url, sent], ["POST", "/v1?a=b", '{"é":1}']);
  const { host: _, connection: __, ...others } = headers;
  assertEquals(others, {
    "accept": "*/*",
    "accept-encoding": "gzip, br",
    "content-length": "8",
    "content-type": "application/json",
    "user-agent": "mine",
  });
});

Deno.test("post() does not follow redirects", async () => {
  let requests = 0;
  await withServer((_, response) => {
    requests++;
    response.writeHead(307, { location: "/elsewhere" }).end();
  }, async (url) => {
    const { status, headers } = await send(url);
    assertEquals([status, headers.get("location")], [307, "/elsewhere"]);
  });
  assertEquals(requests, 1);
});

Deno.test("post() decompresses gzip and br up to maxAnswerBytes", async () => {
  const bodies = {
    "gzip": gzipSync("x".repeat(1000)),
    "br": brotliCompressSync("x".repeat(1000)),
    "br, gzip": gzipSync(brotliCompressSync("x".repeat(1000))),
  };
  for (const [encoding, body] of Object.entries(bodies)) {
    await withServer(
      (_, response) =>
        response.writeHead(200, { "content-encoding": encoding }).end(body),
      async (url) => {
        assertEquals(textOf(await send(url)), "x".repeat(1000));
        const { body } = await send(url, { maxAnswerBytes: 999 });
        assertEquals(body, null);
      },
    );
  }
});

Deno.test("post() ends the download of a body that is longer than maxAnswerBytes", async () => {
  let closed: Promise<unknown> = Promise.resolve();
  await withServer((request, response) => {
    closed = once(request.socket, "close");
    response.writeHead(200).write("x".repeat(1001));
  }, async (url) => {
    assertEquals((await send(url)).body, null);
    await closed;
  });
});

Deno.test("post() rejects a compressed body that was cut off", async () => {
  const body = gzipSync("a text that is cut off").subarray(0, -4);
  await withServer(
    (_, response) =>
      response.writeHead(200, { "content-encoding": "gzip" }).end(body),
    (url) =>
      assertRejects(() => send(url), Error, "unexpected end of file").then(),
  );
});

Deno.test("post() sends nothing if it is aborted before it has a connection", async () => {
  let requests = 0;
  await withServer((_, response) => {
    requests++;
    response.end();
  }, async (url) => {
    const signal = new LightAbortController();
    const sending = send(url, { signal });
    const reason = new Error("changed my mind");
    signal.abort(reason);
    const error = await sending.catch((error) => error);
    assertEquals(error, reason);
    // It takes the connection that the aborted request has waited for.
    await send(url);
  });
  assertEquals(requests, 1);
});

Deno.test("post() closes the connection of a request that is aborted", async () => {
  const signal = new LightAbortController();
  let closed: Promise<unknown> = Promise.resolve();
  await withServer((request) => {
    closed = once(request.socket, "close");
    signal.abort(new Error("too late"));
  }, async (url) => {
    await assertRejects(() => send(url, { signal }), Error, "too late");
    await closed;
  });
});

Deno.test("post() sends a request once if the server closes a kept connection", async () => {
  let requests = 0;
  const server = createTcpServer((socket) => {
    socket.on("error", () => {});
    socket.on("data", (data) => {
      if (!data.toString().startsWith("POST")) return;
      if (++requests === 2) socket.destroy();
      else socket.write("HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\nok");
    });
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  const url = urlOf(server);
  assertEquals(textOf(await send(url)), "ok");
  const error = await send(url).catch((error) => error);
  server.close();
  assert(error instanceof TypeError && error.cause instanceof Error);
  assertEquals(error.cause.message, "other side closed");
  assertEquals(requests, 2);
});

/** Samples through the package in a process with environment variables. */
const PROGRAM = `
import { RolloutsClient } from "@rollouts/client";
const client = new RolloutsClient({
  model: "a/b", apiKey: "sk-example", baseUrl: process.argv[1], useCache: false, maxRetries: 0,
});
const { errors, responses: [sample] } = await client.generate("What is 5*10?");
console.log(sample?.content ?? [...errors.values()][0].message);
`;

function sampleWith(
  env: Record<string, string>,
  baseUrl: string,
): Promise<string> {
  return run(PROGRAM, { env, baseUrl });
}

/** Runs a program in a process of its own, and returns what it prints. */
async function run(
  program: string,
  { env, baseUrl }: {
    readonly env: Record<string, string>;
    readonly baseUrl: string;
  },
): Promise<string> {
  const args = ["--input-type=module", "-e", program, baseUrl];
  return await new Promise((resolve, reject) =>
    execFile(
      process.execPath,
      args,
      { env: { ...process.env, ...env } },
      (error, stdout) =>
        error === null ? resolve(stdout.trim()) : reject(error),
    )
  );
}

/** Uses whatever the package requests, with prices and endpoints for a budget. */
const EVERY_REQUEST = `
import { Catalog, OpenRouter, RolloutsClient } from "@rollouts/client";
const [, baseUrl] = process.argv;
const model = "qwen/qwen3-30b-a3b";
const options = { model, apiKey: "sk-example", baseUrl, useCache: false, maxRetries: 0 };
const client = new RolloutsClient({ ...options, server: "openrouter", maxCostUsd: 1 });
const { errors, length } = await client.generate("What is 5*10?");
for (const error of errors.values()) throw error;
await client.generate("What is 5*10?", { model: model + "x" }).catch(() => {});
await client.embed(["one"], { model: "openai/text-embedding-3-small" });
await new RolloutsClient(options).score("What is 5*10?", "50", { server: "vllm", prefillVia: "completions" }).catch(() => {});
await new Catalog({ baseUrl, apiKey: "sk-example" }).key();
await new OpenRouter({ baseUrl, apiKey: "sk-example" }).generateSingle("Hi", options);
console.log("complete");
`;

Deno.test("all requests of the package go through HTTP_PROXY: samples, prices, scores, embeddings", async () => {
  await using mock = await MockOpenRouter.start();
  const paths = new Set<string>();
  // The host does not exist: whatever does not go through the proxy fails.
  const host = "http://model.example";
  await withServer(async (request, response) => {
    const { method, headers, url = "" } = request;
    assert(url.startsWith(`${host}/api/v1`), `not for a proxy: ${url}`);
    const path = url.slice(`${host}/api/v1`.length);
    paths.add(path);
    const answer = await fetch(mock.baseUrl + path, {
      method,
      headers: { authorization: headers.authorization ?? "" },
      body: method === "POST" ? await text(request) : undefined,
    });
    response.writeHead(answer.status, { "content-type": "application/json" });
    response.end(await answer.text());
  }, async (proxy) => {
    const env = { HTTP_PROXY: new URL(proxy).origin, NO_PROXY: "" };
    const printed = await run(EVERY_REQUEST, {
      env,
      baseUrl: `${host}/api/v1`,
    });
    assertEquals(printed, "complete");
  });
  assertEquals([...paths].sort(), [
    "/chat/completions",
    "/completions",
    "/embeddings",
    "/key",
    "/models",
    "/models/qwen/qwen3-30b-a3b/endpoints",
  ]);
});

Deno.test("requests of the package go through HTTP_PROXY, except to hosts in NO_PROXY", async () => {
  const answerAs = (content: string): RequestListener => (_, response) =>
    response.end(JSON.stringify({
      choices: [{ finish_reason: "stop", message: { content } }],
    }));
  await withServer(
    answerAs("of the server"),
    (server) =>
      withServer(answerAs("of the proxy"), async (proxy) => {
        const baseUrl = new URL("/api/v1", server).href;
        const env = { HTTP_PROXY: new URL(proxy).origin };
        const proxied = { ...env, NO_PROXY: "" };
        assertEquals(
          await sampleWith(proxied, "http://model.example/api/v1"),
          "of the proxy",
        );
        const direct = { ...env, NO_PROXY: "127.0.0.1" };
        assertEquals(await sampleWith(direct, baseUrl), "of the server");
      }),
  );
});
