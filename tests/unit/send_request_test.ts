import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { post } from "../../src/platform/deno/post.ts";
import { fetchPost } from "../../src/platform/fetch_post.ts";
import { sendRequest } from "../../src/transport/send_request.ts";
import { preparedRequest } from "../support/prepared_request.ts";
import { serve } from "../support/serve.ts";

const { signal } = new AbortController();

/** Returns the message of the failure for an answer with this body. */
async function messageFor(
  body: ReadableStream<Uint8Array<ArrayBuffer>>,
  maxAnswerBytes: number,
): Promise<string> {
  const outcome = await sendRequest(preparedRequest({ maxAnswerBytes }), {
    post: (request) =>
      fetchPost(request, () => Promise.resolve(new Response(body))),
    signal,
  });
  return outcome.type === "failure" ? outcome.failure.message : "an answer";
}

Deno.test("sendRequest() returns a final failure for a port that fetch blocks, which no retry changes", async () => {
  const outcome = await sendRequest(
    preparedRequest({ url: "http://127.0.0.1:6666/" }),
    { post: (request) => fetchPost(request, fetch), signal },
  );
  assert(outcome.type === "failure" && outcome.failure.kind === "network");
  assertEquals(outcome.failure.retryable, false);
  assertStringIncludes(
    outcome.failure.message,
    "no answer from http://127.0.0.1:6666: ",
  );
});

Deno.test("sendRequest() stops an endless body at maxAnswerBytes, and names the option", async () => {
  let sent = 0;
  let isCancelled = false;
  const endless = new ReadableStream({
    pull: (controller) => {
      sent += 1000;
      controller.enqueue(new Uint8Array(1000).fill(32));
    },
    cancel: () => {
      isCancelled = true;
    },
  });
  assertEquals(
    await messageFor(endless, 50_000),
    "the answer from http://127.0.0.1:1 is longer than maxAnswerBytes (50000 bytes)",
  );
  assert(sent <= 55_000 && isCancelled, `${sent} bytes were read`);
});

Deno.test("sendRequest() counts the bytes of a compressed body after decompression", async () => {
  const zeros = new Blob([new Uint8Array(5_000_000)]);
  const zip = await new Response(
    zeros.stream().pipeThrough(new CompressionStream("gzip")),
  ).bytes();
  assert(zip.length < 10_000, `${zip.length} bytes`);
  await using server = await serve(
    () => new Response(zip, { headers: { "content-encoding": "gzip" } }),
  );
  const url = `${server.url}/`;
  const outcome = await sendRequest(
    preparedRequest({ url, maxAnswerBytes: 1_000_000 }),
    { post, signal },
  );
  assert(outcome.type === "failure");
  assert(outcome.failure.message.includes("longer than maxAnswerBytes"));
});

Deno.test("sendRequest() reads a body of several chunks up to maxAnswerBytes", async () => {
  const text = JSON.stringify({
    choices: [{ message: { content: "é".repeat(1000) } }],
  });
  const bytes = new TextEncoder().encode(text);
  const chunks = ReadableStream.from(
    Array.from(bytes, (_, i) => bytes.slice(i, i + 1)),
  );
  assertEquals(await messageFor(chunks, bytes.length), "an answer");
});

Deno.test("sendRequest() does not read a body that is announced to be longer than maxAnswerBytes", async () => {
  let isCanceled = false;
  const body = new ReadableStream({
    pull: (controller) => controller.enqueue(new Uint8Array(10)),
    cancel: () => {
      isCanceled = true;
    },
  }, { highWaterMark: 0 });
  const headers = { "content-length": "101" };
  const outcome = await sendRequest(preparedRequest({ maxAnswerBytes: 100 }), {
    post: (request) =>
      fetchPost(
        request,
        () => Promise.resolve(new Response(body, { headers })),
      ),
    signal: new AbortController().signal,
  });
  assert(outcome.type === "failure");
  assert(outcome.failure.message.includes("longer than maxAnswerBytes (100"));
  assert(isCanceled);
});
