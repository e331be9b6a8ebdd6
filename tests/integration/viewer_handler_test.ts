import {
  assert,
  assertEquals,
  assertMatch,
  assertStringIncludes,
} from "@std/assert";
import { serveHttp } from "../../src/platform/deno/serve_http.ts";
import type { ViewSource } from "../../src/viewer/view_data.ts";
import { viewerHandler } from "../../src/viewer/viewer_handler.ts";
import { rawRequest } from "../support/raw_request.ts";
import { exampleView } from "../support/view/example_view.ts";
import { MemoryView } from "../support/view/memory_view.ts";

const TOKEN = "Zm9vYmFyYmF6cXV4Zm9vYmFyYmF6cXV4";

async function serveExample(
  source: ViewSource = new MemoryView(exampleView()),
) {
  const server = await serveHttp(
    viewerHandler(source, { token: TOKEN, port: () => server.port }),
  );
  return {
    host: `127.0.0.1:${server.port}`,
    port: server.port,
    url: `http://127.0.0.1:${server.port}/${TOKEN}/`,
    [Symbol.asyncDispose]: () => server.close(),
  };
}

Deno.test("viewerHandler() serves the page and the API with a strict content policy", async () => {
  await using server = await serveExample();
  const types = {
    "": "text/html",
    "api/sets?since=0": "application/json",
  };
  for (const [path, type] of Object.entries(types)) {
    const answer = await fetch(server.url + path);
    const text = await answer.text();
    const { headers } = answer;
    assertEquals(answer.status, 200, path);
    assertEquals(headers.get("content-type"), `${type}; charset=utf-8`);
    assertEquals(headers.get("x-content-type-options"), "nosniff");
    assertEquals(headers.get("referrer-policy"), "no-referrer");
    assertEquals(headers.get("cache-control"), "no-store");
    assertEquals(
      headers.get("cross-origin-resource-policy"),
      "same-origin",
    );
    const policy = headers.get("content-security-policy") ?? "";
    assertStringIncludes(policy, "default-src 'none'");
    assertMatch(policy, /style-src 'sha256-[\w+/=]{44}';/);
    assertMatch(policy, /script-src 'sha256-[\w+/=]{44}';/);
    assertStringIncludes(policy, "connect-src 'self'");
    assertStringIncludes(policy, "frame-ancestors 'none'");
    assertStringIncludes(policy, "trusted-types 'none'");
    assertEquals(/unsafe|\*|https?:|data:/.test(policy), false);
    assertEquals(text.includes(TOKEN), false, path);
  }
});

Deno.test("viewerHandler() serves each method of a view under its name", async () => {
  const [example] = exampleView();
  const [first, ...rest] = example!.samples;
  const logprobs = { reasoning: [], content: null };
  const texts = { ...first!.texts, logprobs };
  const source = new MemoryView([
    { ...example!, samples: [{ ...first!, texts }, ...rest] },
  ]);
  await using server = await serveExample(source);
  const ask = async (path: string) =>
    await (await fetch(`${server.url}api/${path}`)).json();
  const sets = await source.sets(0);
  assertEquals(await ask("sets?since=0"), JSON.parse(JSON.stringify(sets)));
  const { id } = sets.changed[0]!;
  const samples = await ask(`samples?set=${id}`);
  assertEquals(samples, JSON.parse(JSON.stringify(await source.samples(id))));
  const { name } = samples.samples[0];
  const sample = await ask(`sample?set=${id}&name=${name}`);
  assertEquals(
    sample,
    JSON.parse(JSON.stringify(await source.sample(id, name))),
  );
  const shaded = await ask(`sample?set=${id}&name=${name}&logprobs=`);
  assertEquals([sample.logprobs, shaded.logprobs], [null, logprobs]);
  const answers = await ask(`answers?set=${id}`);
  assertEquals(
    answers,
    JSON.parse(JSON.stringify(await source.answers([id]))),
  );
  const found = await ask("search?query=the&limit=3");
  assertEquals(
    found,
    JSON.parse(
      JSON.stringify(await source.search("the", { set: null, limit: 3 })),
    ),
  );
});

Deno.test("viewerHandler() explains what is wrong with a request", async () => {
  await using server = await serveExample();
  const wrong: Record<string, readonly [number, string]> = {
    "sets": [400, "since is missing"],
    "sets?since=-1": [400, "since must be an integer, got -1"],
    "sets?since=1e3": [400, "since must be an integer, got 1e3"],
    "samples": [400, "set is missing"],
    "answers": [400, "set is missing"],
    "search?query=a": [400, "limit is missing"],
    [`search?limit=1&query=${"a".repeat(1001)}`]: [400, "1000 characters"],
    "no-such": [404, "unknown method"],
    "": [404, "unknown method"],
  };
  // The name of a method of all objects is not a method of a view.
  Object.assign(wrong, { constructor: [404, "unknown method"] });
  for (const [path, [status, reason]] of Object.entries(wrong)) {
    const answer = await fetch(`${server.url}api/${path}`);
    assertStringIncludes((await answer.json()).error, reason);
    assertEquals(answer.status, status, path);
  }
});

Deno.test("viewerHandler() serves nothing without the token, and does not reveal it", async () => {
  await using server = await serveExample();
  const paths = [
    "",
    "favicon.ico",
    TOKEN,
    `${TOKEN}x/`,
    `${TOKEN.slice(0, -1)}/`,
    `${TOKEN.toLowerCase()}/`,
    `x/${TOKEN}/`,
    `${TOKEN}/no-such`,
    `${TOKEN}/..%2f..%2fetc/passwd`,
    "api/sets?since=0",
  ];
  const answers = new Set<string>();
  for (const path of paths) {
    const answer = await fetch(`http://${server.host}/${path}`);
    answers.add(`${answer.status} ${await answer.text()}`);
  }
  assertEquals([...answers], ["404 not found"]);
});

Deno.test("viewerHandler() rejects other hosts, requests from other pages, and writing methods", async () => {
  await using server = await serveExample();
  const get = `GET /${TOKEN}/ HTTP/1.1`;
  const { port } = server;
  const host = `host: ${server.host}`;
  const allowed = [
    [get, host],
    [get, `host: localhost:${port}`],
    [`HEAD /${TOKEN}/ HTTP/1.1`, host],
    [get, host, `origin: http://${server.host}`],
    [get, host, "sec-fetch-site: same-origin"],
    [get, host, "sec-fetch-site: none"],
  ];
  for (const lines of allowed) {
    const answer = await rawRequest(port, lines);
    assert(answer.startsWith("HTTP/1.1 200 "), lines.join(", "));
  }
  const forbidden = [
    [get, "host: evil.example"],
    [get, `host: evil.example:${port}`],
    [get, "host: 127.0.0.1"],
    [get, `host: 127.0.0.1:${port}.evil.example`],
    [get, host, "origin: http://evil.example"],
    [get, host, "origin: null"],
    [get, host, `origin: http://localhost:${port}`],
    [get, host, "sec-fetch-site: cross-site"],
    [get, host, "sec-fetch-site: same-site"],
  ];
  for (const lines of forbidden) {
    const answer = await rawRequest(port, lines);
    assert(answer.startsWith("HTTP/1.1 403 "), lines.join(", "));
    assertStringIncludes(answer, "forbidden");
  }
  for (const method of ["POST", "PUT", "DELETE", "OPTIONS", "PATCH"]) {
    const answer = await fetch(server.url, { method });
    await answer.body?.cancel();
    assertEquals(answer.status, 405);
    assertEquals(answer.headers.get("allow"), "GET, HEAD");
  }
});
