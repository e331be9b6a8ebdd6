import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { parseCompletion } from "../../src/completion/parse_completion.ts";
import { answerBody, parseAnswer } from "../support/parse_answer.ts";
import { preparedRequest } from "../support/prepared_request.ts";

const URL = "http://127.0.0.1:1/chat/completions";

function failureOf(text: string, status = 200) {
  const outcome = parseCompletion(
    { status, headers: new Headers(), text },
    preparedRequest({ url: URL }),
  );
  assert(outcome.type === "failure" && outcome.failure.kind === "response");
  return outcome.failure;
}

/** Formats a stream of chunks of a choice, after a comment. */
function stream(
  chunks: readonly Record<string, unknown>[],
  end = "data: [DONE]\n\n",
): string {
  const events = chunks.map((chunk) => `data: ${JSON.stringify(chunk)}\n\n`);
  return `: OPENROUTER PROCESSING\n\n${events.join("")}${end}`;
}

function chunk(
  delta: Record<string, unknown>,
  finish_reason: string | null = null,
) {
  return {
    id: "gen-1",
    provider: "Nebius",
    object: "chat.completion.chunk",
    choices: [{ index: 0, delta, finish_reason }],
  };
}

Deno.test("parseCompletion() reads an unrequested stream", () => {
  const details = (
    text: string,
  ) => [{ type: "reasoning.text", text, index: 0 }];
  const call = (fields: unknown) => [{ index: 0, ...fields as object }];
  const text = stream([
    chunk({ role: "assistant", content: "", reasoning: "Fi" }),
    chunk({ reasoning: "ve", reasoning_details: details("Fi") }),
    chunk({ content: "5", reasoning_details: details("ve") }),
    chunk({ content: "0" }),
    chunk({
      tool_calls: call({ id: "c", function: { name: "f", arguments: '{"a"' } }),
    }),
    chunk({ tool_calls: call({ function: { arguments: ":1}" } }) }),
    chunk({ content: "" }, "tool_calls"),
    { choices: [], usage: { completion_tokens: 4, prompt_tokens: 3 } },
  ]);
  const { response, rawJson } = parseAnswer(text);
  assertEquals([response.reasoning, response.content], ["Five", "50"]);
  assertEquals(response.finishReason, "tool_calls");
  assertEquals(response.usage.totalTokens, 7);
  assertEquals(response.provider, "Nebius");
  assertEquals(response.toolCalls[0]?.function, {
    name: "f",
    arguments: '{"a":1}',
  });
  const { message } = JSON.parse(rawJson).choices[0];
  assertEquals(message.reasoning_details, details("Five"));
});

Deno.test("parseCompletion() reads a stream of one complete answer, or of a raw completion", () => {
  const whole = `data: ${answerBody({ message: { content: "50" } })}\n\n`;
  assertEquals(parseAnswer(whole).response.content, "50");
  const raw = stream([
    { choices: [{ index: 0, text: "5" }] },
    { choices: [{ index: 0, text: "0", finish_reason: "stop" }] },
  ]);
  assertEquals(parseAnswer(raw).response.content, "50");
});

Deno.test("parseCompletion() keeps a text that reached its limit before an error", () => {
  const error = { code: 400, message: "Token limit reached" };
  const text = stream([
    chunk({ content: "" }),
    chunk({ reasoning: "We need" }, "length"),
    { ...chunk({ content: "" }), error, usage: { completion_tokens: 2 } },
  ]);
  const { response } = parseAnswer(text);
  assertEquals(response.reasoning, "We need");
  assertEquals([response.finishReason, response.truncated], ["length", true]);
  assertEquals(response.usage.completionTokens, 2);
  const failed = stream([chunk({ content: "par" }), { error }]);
  const outcome = parseCompletion(
    { status: 200, headers: new Headers(), text: failed },
    preparedRequest(),
  );
  assertEquals(outcome.type, "failure");
});

Deno.test("parseCompletion() reads NaN and Infinity as null, except in texts", () => {
  const logprobs = { content: [{ token: "NaN", logprob: "@" }] };
  const body = answerBody({ message: { content: 'NaN "\\' }, logprobs })
    .replace('"@"', "-Infinity");
  const { response, rawJson } = parseAnswer(body);
  assertEquals(
    response.logprobs?.content?.map(({ text, logprob }) => [text, logprob]),
    [["NaN", null]],
  );
  assertEquals(response.content, 'NaN "\\');
  JSON.parse(rawJson);
});

Deno.test("parseCompletion() reads JSON after comment lines, a byte order mark, or white space", () => {
  const body = answerBody({ message: { content: "50\n: no comment" } });
  for (const start of [": OPENROUTER PROCESSING\n\n: x\n", "\ufeff", "\n \n"]) {
    const { response, rawJson } = parseAnswer(start + body);
    assertEquals(response.content, "50\n: no comment");
    JSON.parse(rawJson);
  }
});

for (
  const [name, text, form] of [
    ["an HTML page", `<html>${"x".repeat(300)}</html>`, "HTML"],
    ["a stream that is cut short", 'data: {"choices":[]}\n', "stream"],
    ["a list", "[1]", "text"],
    ["a text", "hello", "text"],
    ["another object", '{"ok":true}', "no choices"],
    ["a body that is cut short", '{"choices":[', null],
    ["white space", " \n ", null],
  ] as const
) {
  Deno.test(`parseCompletion() reports whether ${name} is likely to recur`, () => {
    const failure = failureOf(text);
    assertEquals(failure.form, form);
    assertStringIncludes(failure.message, URL);
    assertStringIncludes(failure.message, text.trim().slice(0, 200));
  });
}

Deno.test("parseCompletion() reports that an answer without content is likely to recur", () => {
  assertEquals(failureOf("", 204).form, "no content");
});
