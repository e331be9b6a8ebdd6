import { assert, assertEquals } from "@std/assert";
import { parseEntry } from "../../src/cache/entry.ts";
import { EntryWriter } from "../../src/cache/entry_writer.ts";
import { requestBody } from "../../src/request/request_body.ts";
import { resolveOptions } from "../../src/options/resolve_options.ts";
import { Response } from "../../src/response.ts";
import { responseData } from "../support/response_data.ts";

const PROMPT = "What is 2+2?";
const REQUEST = {
  prompt: PROMPT,
  body: requestBody(
    [{ role: "user", content: PROMPT }],
    resolveOptions({ model: "qwen/qwen3-30b-a3b", minP: 0.1, stop: ["x"] }),
  ),
  otherEndpoint: null,
  route: null,
};
const WRITER = new EntryWriter(REQUEST, REQUEST.body);
const DATA = responseData();
const RAW = JSON.stringify(DATA.raw);
const RESPONSE = new Response(DATA, {
  cached: false,
  attempts: 2,
  quantization: null,
});

/** An entry of the Python package. */
const PYTHON_ENTRY = {
  seed: 3,
  prompt: PROMPT,
  temperature: 0.7,
  top_p: 0.95,
  max_tokens: 4096,
  model: "qwen/qwen3-30b-a3b",
  provider: null,
  response: {
    full: "four</think>4",
    content: "4",
    reasoning: "four",
    finish_reason: "stop",
    provider: "Nebius",
    response_id: "gen-2",
    model: "qwen/qwen3-30b-a3b-04-28",
    object: "chat.completion",
    created: 1_700_000_000,
    usage: { prompt_tokens: 1, completion_tokens: 2, total_tokens: 3 },
    logprobs: null,
    echo: false,
    seed: 3,
    completed_reasoning: true,
  },
};

function read(entry: unknown, seed = 3) {
  const text = typeof entry === "string" ? entry : JSON.stringify(entry);
  return parseEntry(text, REQUEST, seed);
}

/** The Python package's entries belong to requests with no field that it leaves out of its key. */
function readPython(entry: unknown) {
  const { min_p: _, stop: __, ...body } = REQUEST.body;
  return parseEntry(JSON.stringify(entry), { ...REQUEST, body }, 3);
}

Deno.test("parseEntry() returns what EntryWriter.write() wrote", () => {
  assertEquals(read(WRITER.write(RESPONSE, RAW)), {
    type: "response",
    response: new Response(DATA, {
      cached: true,
      attempts: 2,
      quantization: null,
    }),
  });
});

Deno.test("EntryWriter.write() writes every field of the Python package", () => {
  const entry = JSON.parse(WRITER.write(RESPONSE, RAW));
  for (const field of Object.keys(PYTHON_ENTRY)) assert(field in entry, field);
  for (const field of Object.keys(PYTHON_ENTRY.response)) {
    assert(field in entry.response, field);
  }
  assertEquals(entry.request, { ...REQUEST.body, seed: 3 });
});

Deno.test("parseEntry() reads an entry of the Python package", () => {
  const reading = readPython(PYTHON_ENTRY);
  assert(reading.type === "response");
  assertEquals(reading.response.full, "four</think>4");
  assertEquals(reading.response.usage.totalTokens, 3);
  assertEquals(reading.response.raw, null);
});

Deno.test("parseEntry() reads an answer without text, for which the Python package writes null", () => {
  const text = { full: null, content: null, reasoning: null };
  const response = { ...PYTHON_ENTRY.response, ...text };
  const reading = readPython({ ...PYTHON_ENTRY, response });
  assert(reading.type === "response");
  assertEquals([reading.response.full, reading.response.content], ["", ""]);
});

Deno.test("parseEntry() reads the field names of older entries", () => {
  const { full, content, ...others } = PYTHON_ENTRY.response;
  for (const name of ["full_text", "text"]) {
    const response = { ...others, [name]: full, post: content };
    const reading = readPython({ ...PYTHON_ENTRY, response });
    assert(reading.type === "response");
    assertEquals([reading.response.full, reading.response.content], [
      full,
      content,
    ]);
  }
});

Deno.test("parseEntry() recognizes an entry that belongs to another request", () => {
  const ours = JSON.parse(WRITER.write(RESPONSE, RAW));
  const others: [string, unknown][] = [
    ["model", { ...ours, model: "qwen/qwen3:30b-a3b" }],
    ["prompt", { ...ours, prompt: "What is 2+3?" }],
    ["seed", { ...ours, seed: 4 }],
    ["temperature", { ...ours, temperature: 0.8 }],
    ["provider", { ...ours, provider: { only: ["groq"] } }],
    ["min_p", { ...ours, request: { ...ours.request, min_p: 0.2 } }],
    ["top_a", { ...ours, request: { ...ours.request, top_a: 0.2 } }],
    ["endpoint", { ...ours, endpoint: "http://127.0.0.1/api/v1" }],
    ["version", { ...ours, version: 99 }],
  ];
  for (const [field, entry] of others) {
    assertEquals(read(entry), { type: "foreign", field });
  }
});

Deno.test("parseEntry() rejects a Python entry if the request has fields that Python omits", () => {
  assertEquals(read(PYTHON_ENTRY), { type: "foreign", field: "min_p" });
});

Deno.test("parseEntry() ignores the order of keys, and fields that do not affect the answer", () => {
  const ours = JSON.parse(WRITER.write(RESPONSE, RAW));
  const request = Object.fromEntries(
    Object.entries({ ...ours.request, user: "me" }).reverse(),
  );
  assertEquals(read({ ...ours, request }).type, "response");
});

Deno.test("parseEntry() does not return an error that an older version wrote", () => {
  const response = { ...PYTHON_ENTRY.response, finish_reason: "error" };
  assertEquals(readPython({ ...PYTHON_ENTRY, response }), { type: "failed" });
});

Deno.test("parseEntry() reports unreadable entries as corrupt", () => {
  for (
    const entry of [
      "",
      "{",
      "[]",
      "null",
      "{}",
      { response: "hi" },
      { response: {} },
      WRITER.write(RESPONSE, RAW).slice(0, 500),
      {
        version: 1,
        response: { full: "a", content: "a", reasoning: { toString: false } },
      },
    ]
  ) {
    assertEquals(read(entry).type, "corrupt");
  }
});

Deno.test("parseEntry() rejects an entry whose request or seed was edited", () => {
  const entry = JSON.parse(WRITER.write(RESPONSE, RAW));
  const { request, response } = entry;
  for (const field of ["model", "seed", "temperature"]) {
    const changed = { ...entry, request: { ...request, [field]: 99 } };
    assertEquals(read(changed), { type: "foreign", field });
  }
  const changed = { ...entry, response: { ...response, seed: 99 } };
  assertEquals(read(changed).type, "corrupt");
});

Deno.test("parseEntry() reads Python's NaN, Infinity, and byte order mark", () => {
  const response = { ...PYTHON_ENTRY.response, logprobs: "@" };
  const text = JSON.stringify({ ...PYTHON_ENTRY, response })
    .replace('"@"', '{"content":[{"token":"NaN","logprob":-Infinity}]}');
  const { min_p: _, stop: __, ...body } = REQUEST.body;
  const reading = parseEntry(`\ufeff${text}`, { ...REQUEST, body }, 3);
  assert(reading.type === "response");
  assertEquals(
    reading.response.logprobs?.content?.map(({ text, logprob }) => [
      text,
      logprob,
    ]),
    [["NaN", null]],
  );
  assertEquals(reading.response.content, "4");
});

Deno.test("an empty finish reason and unknown counts survive the cache", () => {
  const unknown = { ...DATA.usage, promptTokens: null, totalTokens: null };
  const data = { ...DATA, finishReason: "", usage: unknown };
  const origin = { cached: false, attempts: 1, quantization: null };
  const text = WRITER.write(new Response(data, origin), RAW);
  const reading = read(text);
  assert(reading.type === "response");
  assertEquals(reading.response.finishReason, "");
  assertEquals(reading.response.usage, unknown);
  assertEquals(
    Object.keys(JSON.parse(text).response.usage),
    ["completion_tokens", "reasoning_tokens", "cost"],
  );
});
