import { assert, assertEquals, assertGreater, assertMatch } from "@std/assert";
import { MockOpenRouter } from "../../src/testing/mod.ts";
import { askMock, askMockJson, type Parsed } from "../support/ask_mock.ts";

Deno.test("MockOpenRouter streams the same text that it sends without streaming", async () => {
  await using server = await MockOpenRouter.start();
  const whole = await askMockJson(server);
  const text = await (await askMock(server, { stream: true })).text();
  assertMatch(text, /^: OPENROUTER PROCESSING\n\n/);
  assertMatch(text, /\n\ndata: \[DONE\]\n\n$/);
  const chunks = readEvents(text);
  const { message } = whole.choices[0];
  for (const part of ["reasoning", "content"] as const) {
    const pieces = chunks.map(({ choices: [choice] }) =>
      choice?.delta[part] ?? ""
    );
    assertEquals(pieces.join(""), message[part]);
  }
  const reasons = chunks.map(({ choices: [choice] }) => choice?.finish_reason);
  assertEquals(reasons.filter((reason) => reason), ["stop"]);
  assertEquals(chunks.at(-1)?.usage, whole.usage);
  assertEquals(chunks.at(-1)?.choices, []);
});

Deno.test("MockOpenRouter sends a stream in pieces when chunkDelayMs is set", async () => {
  await using server = await MockOpenRouter.start({ chunkDelayMs: 1 });
  const response = await askMock(server, { stream: true, max_tokens: 12 });
  assert(response.body !== null);
  const pieces: string[] = [];
  for await (
    const piece of response.body.pipeThrough(new TextDecoderStream())
  ) {
    pieces.push(piece);
  }
  assertGreater(pieces.length, 2);
  assertMatch(pieces.at(-1) ?? "", /data: \[DONE\]\n\n$/);
});

Deno.test("MockOpenRouter starts a stream with the body when it has to echo it", async () => {
  await using server = await MockOpenRouter.start();
  const body = { stream: true, debug: { echo_upstream_body: true }, seed: 4 };
  const [first] = readEvents(await (await askMock(server, body)).text());
  assertEquals(first?.debug.echo_upstream_body.seed, 4);
});

Deno.test("MockOpenRouter ends a stream with an error when the fault is stream_error", async () => {
  await using server = await MockOpenRouter.start();
  const headers = { "X-Mock-Fault": "stream_error" };
  const response = await askMock(server, { stream: true }, { headers });
  assertEquals(response.status, 200);
  const chunks = readEvents(await response.text());
  assertEquals(chunks.at(-1)?.error.code, 502);
  assertEquals(chunks.at(-1)?.choices[0].finish_reason, "error");
  assertEquals(server.answered, 0);
});

function readEvents(text: string): Parsed[] {
  return text.split("\n\n")
    .filter((event) => event.startsWith("data: {"))
    .map((event) => JSON.parse(event.slice("data: ".length)));
}
