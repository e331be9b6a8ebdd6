import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import type { Failure } from "../../src/outcome.ts";
import { parseCompletion } from "../../src/completion/parse_completion.ts";
import { preparedRequest } from "../support/prepared_request.ts";

const GOOD = {
  id: "gen-1",
  choices: [{
    finish_reason: "stop",
    message: { role: "assistant", content: "hi" },
  }],
};

const REQUEST = preparedRequest({
  headers: { authorization: "Bearer sk-secret" },
});

const NOW_MS = Date.UTC(2026, 0, 1);

function read(
  body: unknown,
  status = 200,
  headers: Record<string, string> = {},
) {
  const text = typeof body === "string" ? body : JSON.stringify(body);
  return parseCompletion({
    status,
    headers: new Map(Object.entries(headers)),
    text,
    receivedAtMs: NOW_MS,
  }, REQUEST);
}

function failureOf(
  body: unknown,
  status = 200,
  headers: Record<string, string> = {},
): Failure {
  const result = read(body, status, headers);
  assert(result.type === "failure");
  return result.failure;
}

function apiFailureOf(...args: Parameters<typeof failureOf>) {
  const failure = failureOf(...args);
  assert(failure.kind === "api");
  return failure;
}

Deno.test("parseCompletion() reads an answer after keep-alive white space", () => {
  const result = read(`\n   \n  ${JSON.stringify(GOOD)}`);
  assert(result.type === "answer");
  assertEquals(result.response.content, "hi");
  assertEquals(JSON.parse(result.response.rawJson), GOOD);
});

for (
  const [name, body] of Object.entries({
    "nothing": "",
    "white space only": "\n    \n   ",
    "a body that is cut short": JSON.stringify(GOOD).slice(0, 60),
    "a stream that is cut short":
      `: OPENROUTER PROCESSING\n\ndata: {"choices":[{"delta":{"content":"hi"}}]}\n\n`,
    "HTML": "<!DOCTYPE html><html><body>502 Bad Gateway</body></html>",
    "a JSON array": "[]",
    "a JSON string": '"hi"',
    "null": "null",
    "no choices": { id: "gen-1" },
    "empty choices": { choices: [] },
    "choices that are no list": { choices: "hi" },
    "a choice without a message": { choices: [{ finish_reason: "stop" }] },
    "an empty message without a finish reason": {
      choices: [{ finish_reason: null, message: { content: "" } }],
    },
    "an empty message without tokens": {
      choices: [{ finish_reason: "stop", message: { content: "" } }],
      usage: { completion_tokens: 0 },
    },
    "a choice that ends with an error": {
      choices: [{ finish_reason: "error", message: { content: "par" } }],
    },
  })
) {
  Deno.test(`parseCompletion() returns a retryable failure for ${name}`, () => {
    assertEquals(failureOf(body).kind, "response");
  });
}

Deno.test("parseCompletion() accepts a message with only tool calls, a refusal, or billed tokens", () => {
  for (
    const choice of [
      {
        finish_reason: "tool_calls",
        message: { content: null, tool_calls: [{ id: "a" }] },
      },
      { finish_reason: null, message: { content: null, refusal: "no" } },
    ]
  ) {
    assertEquals(read({ choices: [choice] }).type, "answer");
  }
  const choices = [{ finish_reason: "stop", message: { content: "" } }];
  const usage = { completion_tokens: 3 };
  assertEquals(read({ choices, usage }).type, "answer");
});

Deno.test("parseCompletion() finds the error in a 200, at the top and in a choice", () => {
  const error = { code: 503, message: "overloaded" };
  for (
    const body of [
      { error },
      { error, choices: [] },
      {
        choices: [{ error, finish_reason: "error", message: { content: "x" } }],
      },
    ]
  ) {
    const failure = apiFailureOf(body);
    assertEquals([failure.status, failure.retryable], [503, true]);
  }
  const final = apiFailureOf({ error: { code: 400, message: "bad" } });
  assertEquals([final.status, final.retryable], [400, false]);
});

Deno.test("parseCompletion() finds the error in an unrequested stream", () => {
  const begin =
    ': OPENROUTER PROCESSING\n\ndata: {"choices":[{"delta":{"content":"hi"}}]}\n\n';
  const error = { code: 402, message: "no credit" };
  for (
    const event of [
      { error, choices: [{ delta: {}, finish_reason: "error" }] },
      { choices: [{ error, finish_reason: "error" }] },
    ]
  ) {
    const { status, message, retryable } = apiFailureOf(
      `${begin}data: ${JSON.stringify(event)}\n\n`,
    );
    assertEquals([status, retryable], [402, false]);
    assertStringIncludes(message, "no credit");
  }
});

Deno.test("parseCompletion() distinguishes retryable errors from final ones", () => {
  const error = { error: { message: "no" } };
  const retryable = (status: number) => apiFailureOf(error, status).retryable;
  for (const status of [408, 429, 500, 502, 503, 504, 524, 529]) {
    assert(retryable(status), `${status}`);
  }
  for (const status of [400, 401, 402, 403, 404, 412, 413, 422]) {
    assert(!retryable(status), `${status}`);
  }
});

Deno.test("parseCompletion() treats a 402 with Retry-After or an in-flight budget as transient", () => {
  const budget = {
    error: { metadata: { limit_source: "openrouter_in_flight_budget" } },
  };
  assert(apiFailureOf(budget, 402).retryable);
  assert(apiFailureOf({ error: {} }, 402, { "retry-after": "3" }).retryable);
});

Deno.test("parseCompletion() obeys error.availability", () => {
  const error = {
    code: 404,
    availability: { retryable: true, retry_after: 7 },
  };
  const failure = apiFailureOf({ error }, 404);
  assertEquals([failure.retryable, failure.retryAfterMs], [true, 7000]);
});

Deno.test("parseCompletion() returns provider, cause and reasons", () => {
  const metadata = {
    provider_name: "Groq",
    raw: "CUDA out of memory",
    reasons: ["violence"],
    error_type: "upstream",
  };
  const failure = apiFailureOf({ error: { message: "no", metadata } }, 502);
  assertEquals([failure.provider, failure.code], ["Groq", "upstream"]);
  for (const part of ["Groq", "CUDA out of memory", "violence"]) {
    assertStringIncludes(failure.message, part);
  }
});

Deno.test("parseCompletion() reads an error page that is HTML", () => {
  const failure = apiFailureOf("<html>Bad Gateway</html>", 502);
  assertEquals([failure.status, failure.retryable], [502, true]);
  assertStringIncludes(failure.message, "Bad Gateway");
});

Deno.test("parseCompletion() ignores an empty error next to a choice, but not a string", () => {
  assertEquals(read({ ...GOOD, error: {} }).type, "answer");
  const failure = apiFailureOf({ error: "overloaded" });
  assertStringIncludes(failure.message, "overloaded");
});

Deno.test("parseCompletion() rejects an answer that is nested too deeply to be stored", () => {
  const deep = "[".repeat(5000) + "]".repeat(5000);
  const text = JSON.stringify(GOOD).replace(/}$/, `,"x":${deep}}`);
  assertStringIncludes(failureOf(text).message, "nested too deeply");
});

Deno.test("parseCompletion() obeys X-RateLimit-Reset only for a 429", () => {
  const headers = { "x-ratelimit-reset": `${NOW_MS + 60_000}` };
  const wait = (status: number) =>
    apiFailureOf({ error: { message: "no" } }, status, headers).retryAfterMs;
  assertEquals(wait(429), 60_000);
  assertEquals([wait(500), wait(402)], [null, null]);
});

Deno.test("parseCompletion() does not throw for errors of odd shapes", () => {
  const odd = { valueOf: 1, toString: 1, message: 5, metadata: [], code: {} };
  for (
    const error of [
      odd,
      { code: odd, metadata: { raw: null, reasons: [odd], provider_name: 7 } },
      { message: null, availability: "yes", metadata: { headers: 3 } },
    ]
  ) {
    for (const status of [200, 429, 500]) apiFailureOf({ error }, status);
  }
});

Deno.test("parseCompletion() accepts content as a string or text parts, and nothing else", () => {
  const choice = (message: unknown) => ({
    choices: [{ finish_reason: "stop", message }],
  });
  for (const content of [5, true, {}, [5]]) {
    assertEquals(failureOf(choice({ content })).kind, "response");
  }
  assertEquals(failureOf(choice({ reasoning: ["a"] })).kind, "response");
  assertEquals(read(choice({ content: ["a", { text: "b" }] })).type, "answer");
});

Deno.test("parseCompletion() treats any error next to a choice as an error", () => {
  for (const error of [429, true, ["overloaded"]]) {
    assertEquals(failureOf({ ...GOOD, error }).kind, "api");
  }
});

Deno.test("parseCompletion() lists headers and the request id of an error", () => {
  const failure = apiFailureOf({ error: { message: "no" } }, 503, {
    "cf-ray": "ray-1",
    "x-generation-id": "gen-1",
  });
  assertEquals(failure.headers, {
    "cf-ray": "ray-1",
    "x-generation-id": "gen-1",
  });
  assertEquals(failure.requestId, "gen-1");
  assertEquals(apiFailureOf({}, 503).requestId, null);
  const headers = new Headers({ "CF-Ray": "ray-2" });
  const outcome = parseCompletion({ status: 500, headers, text: "" }, REQUEST);
  assert(outcome.type === "failure" && outcome.failure.kind === "api");
  assertEquals(outcome.failure.requestId, "ray-2");
});

Deno.test("parseCompletion() redacts the key in every text of a failure", () => {
  const metadata = { provider_name: "sk-secret", error_type: "is sk-secret" };
  const failure = apiFailureOf(
    { error: { message: "sk-secret", metadata } },
    400,
    {
      "x-request-id": "sk-secret",
    },
  );
  assert(!JSON.stringify(failure).includes("sk-secret"));
  assertEquals(failure.provider, "[key]");
});
