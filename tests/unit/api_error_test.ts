import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { parseCompletion } from "../../src/completion/parse_completion.ts";
import { errorFromFailure } from "../../src/error_from_failure.ts";
import {
  ApiError,
  AuthenticationError,
  BadRequestError,
  ConflictError,
  InternalServerError,
  NotFoundError,
  PaymentRequiredError,
  PermissionError,
  RateLimitError,
  UnprocessableEntityError,
} from "../../src/errors.ts";
import { isFatal } from "../../src/scheduler/retry_policy.ts";
import { preparedRequest } from "../support/prepared_request.ts";

const REQUEST = preparedRequest({
  url: "http://127.0.0.1:1/chat/completions",
});

function failureOf(
  body: unknown,
  status = 200,
  headers: Record<string, string> = {},
) {
  const text = typeof body === "string" ? body : JSON.stringify(body);
  const outcome = parseCompletion(
    { status, headers: new Headers(headers), text },
    REQUEST,
  );
  assert(outcome.type === "failure" && outcome.failure.kind === "api");
  return outcome.failure;
}

for (
  const [status, type] of [
    [400, BadRequestError],
    [401, AuthenticationError],
    [402, PaymentRequiredError],
    [403, PermissionError],
    [404, NotFoundError],
    [409, ConflictError],
    [422, UnprocessableEntityError],
    [429, RateLimitError],
    [500, InternalServerError],
    [529, InternalServerError],
    [413, ApiError],
  ] as const
) {
  Deno.test(`errorFromFailure() returns the class for status ${status}`, () => {
    const failure = failureOf({ error: { message: "no" } }, status, {
      "x-generation-id": "gen-1",
    });
    const error = errorFromFailure(failure);
    assert(error instanceof ApiError);
    assertEquals(error.constructor, type);
    assertEquals(error.name, type.name);
    assertEquals(error.requestId, "gen-1");
    assertEquals(error.headers["x-generation-id"], "gen-1");
  });
}

for (
  const [name, status, error] of [
    ["a rejected key", 401, { message: "No auth credentials found" }],
    ["no credit", 402, { message: "Insufficient credits" }],
    ["the limit of a key", 403, {
      message: "Key limit exceeded (total limit)",
    }],
    [
      "the limit of a key by its source",
      403,
      { message: "no", metadata: { limit_source: "openrouter_key_limit" } },
    ],
    ["an unknown model", 400, {
      message: "qwen/qwen9 is not a valid model ID",
    }],
    ["no endpoints", 404, { message: "No endpoints found for x/y." }],
    [
      "no endpoints for the parameters",
      404,
      {
        message: "No endpoints found that can handle the requested parameters.",
      },
    ],
    [
      "no allowed providers",
      404,
      { message: "No allowed providers are available for the selected model." },
    ],
    [
      "a privacy setting",
      404,
      { message: "No endpoints found matching your data policy" },
    ],
    [
      "a privacy setting by its code",
      403,
      {
        message: "no",
        availability: { code: "privacy_restricted", retryable: false },
      },
    ],
    [
      "a guardrail of the account",
      404,
      { message: "No models match your guardrail restrictions" },
    ],
  ] as const
) {
  Deno.test(`isFatal() is true for ${name}`, () => {
    assert(isFatal(failureOf({ error: { code: status, ...error } }, status)));
    // The same error in a 200.
    assert(isFatal(failureOf({ error: { code: status, ...error } })));
  });
}

for (
  const [name, status, error] of [
    ["a flagged prompt", 403, {
      message: "Your input was flagged",
      metadata: { reasons: ["violence"], flagged_input: "x" },
    }],
    ["a provider's filter", 403, {
      message: "Provider returned error",
      metadata: { raw: '{"error":"Content violates usage guidelines"}' },
    }],
    ["a guardrail that found a pattern", 403, {
      message: "Blocked by guardrail",
      metadata: { patterns: ["email"] },
    }],
    ["an invalid prompt", 400, { message: "context length exceeded" }],
    ["an image that no endpoint accepts", 404, {
      message: "No endpoints found that support image input",
    }],
    ["no capacity", 404, {
      message: "No endpoints found",
      availability: { code: "capacity_exhausted", retryable: true },
    }],
    ["the budget in flight", 402, {
      message: "no",
      metadata: { reason: "in_flight_budget_exhausted" },
    }],
    ["a large request", 413, { message: "too large" }],
    ["a rate limit", 429, { message: "slow down" }],
    ["an outage", 503, { message: "down" }],
  ] as const
) {
  Deno.test(`isFatal() is false for ${name}`, () => {
    assert(!isFatal(failureOf({ error: { code: status, ...error } }, status)));
  });
}

Deno.test("ApiError.code is the provider-independent code", () => {
  const codeOf = (error: unknown) => failureOf({ error }, 404).code;
  const metadata = { error_type: "provider_unavailable" };
  const availability = { code: "no_endpoints", retryable: false };
  assertEquals(codeOf({ metadata, availability, code: 404 }), "no_endpoints");
  assertEquals(codeOf({ metadata, code: 404 }), "provider_unavailable");
  assertEquals(codeOf({ code: "model_not_found" }), "model_not_found");
  assertEquals(codeOf({ code: 404 }), null);
});

Deno.test("ApiError.message contains the provider's message", () => {
  const { message } = failureOf({
    error: {
      code: 502,
      message: "Provider returned error",
      metadata: {
        raw: "upstream connect error",
        previous_errors: [{ code: 503, message: "no capacity" }, "gone"],
        patterns: ["email"],
        provider_name: "Nebius",
      },
    },
  }, 502);
  for (
    const part of [
      "Provider returned error",
      "upstream connect error",
      "503 no capacity",
      "gone",
      "email",
      "Nebius",
    ]
  ) assertStringIncludes(message, part);
  const error = { code: 502, message: "stopped" };
  const choice = { error, native_finish_reason: "MALFORMED_FUNCTION_CALL" };
  assertStringIncludes(
    failureOf({ choices: [choice] }).message,
    "MALFORMED_FUNCTION_CALL",
  );
});

Deno.test("metadata.headers replace missing headers of an error", () => {
  const headers = { "Retry-After": 7, "X-RateLimit-Limit": "20" };
  const body = { error: { code: 429, message: "no", metadata: { headers } } };
  const failure = failureOf(body, 429);
  assertEquals(failure.retryAfterMs, 7000);
  assertEquals(failure.headers["x-ratelimit-limit"], "20");
  const own = failureOf(body, 429, { "Retry-After": "3" });
  assertEquals(own.retryAfterMs, 3000);
});

Deno.test("a string error code in a 200 maps to a status", () => {
  for (
    const [code, status, retryable] of [
      ["invalid_request_error", 400, false],
      ["authentication_error", 401, false],
      ["rate_limit_exceeded", 429, true],
      ["overloaded_error", 529, true],
      ["strange", 502, true],
      ["404", 404, false],
    ] as const
  ) {
    const failure = failureOf({ error: { code, message: "no" } });
    assertEquals([failure.status, failure.retryable], [status, retryable]);
    assertEquals(failure.code, code);
  }
});

Deno.test("nested errors are read", () => {
  const inner = { code: 503, message: "no capacity" };
  for (
    const error of [
      { error: inner },
      { error: { error: inner } },
      { code: 503, message: JSON.stringify({ error: inner }) },
    ]
  ) {
    const { status, message } = failureOf({ error });
    assertEquals(status, 503);
    assertStringIncludes(message, ": no capacity");
  }
});

Deno.test("the message of a redirect names its target, and that of a web page the URL", () => {
  const location = "https://example.com/login";
  const redirect = failureOf("", 302, { location });
  for (const part of [REQUEST.url, location]) {
    assertStringIncludes(redirect.message, part);
  }
  assert(isFatal(redirect));
  const page = failureOf("<!DOCTYPE html><html>Not Found</html>", 404);
  for (const part of [REQUEST.url, "/api/v1"]) {
    assertStringIncludes(page.message, part);
  }
  assert(isFatal(page));
});

Deno.test("parseCompletion() says at a 401 whether a key was sent", () => {
  const messageWith = (headers: Record<string, string>) => {
    const outcome = parseCompletion(
      { status: 401, headers: new Headers(), text: "{}" },
      { ...REQUEST, headers },
    );
    assert(outcome.type === "failure");
    return outcome.failure.message;
  };
  const [without, withKey] = [
    messageWith({}),
    messageWith({ Authorization: "Bearer sk-example" }),
  ];
  assertStringIncludes(without, "no key was sent: set OPENROUTER_API_KEY");
  assertStringIncludes(
    withKey,
    "check the key in OPENROUTER_API_KEY or apiKey",
  );
  assert(!withKey.includes("no key was sent"));
});

Deno.test("parseCompletion() asks at a 404 without a version whether baseUrl ends with /v1", () => {
  const asks = (url: string) => {
    const outcome = parseCompletion(
      { status: 404, headers: new Headers(), text: '{"detail":"Not Found"}' },
      { ...REQUEST, url },
    );
    assert(outcome.type === "failure");
    return outcome.failure.message.endsWith(
      `${url} has no version: does baseUrl end with /v1?`,
    );
  };
  assert(asks("http://127.0.0.1:8000/chat/completions"));
  assert(!asks("http://127.0.0.1:8000/v1/chat/completions"));
  assert(!asks("https://example.com/v1beta/openai/chat/completions"));
});
