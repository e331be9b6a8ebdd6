import { assertThrows } from "@std/assert";
import { checkChatRequestBody } from "../support/chat_request_schema.ts";

const QWEN = "qwen/qwen3-30b-a3b";

Deno.test("checkChatRequestBody() accepts a body with every documented field", () => {
  checkChatRequestBody({
    model: QWEN,
    messages: [
      { role: "system", content: "Be brief." },
      { role: "user", content: [{ type: "text", text: "Hello" }] },
      { role: "assistant", content: "<think>\n" },
    ],
    temperature: 0.7,
    top_p: 0.95,
    top_k: 40,
    min_p: 0.1,
    top_a: 0.2,
    repetition_penalty: 1.1,
    frequency_penalty: -1,
    presence_penalty: 1,
    seed: 5,
    logit_bias: { "50_256": -100 },
    logprobs: true,
    top_logprobs: 2,
    max_tokens: 100,
    max_completion_tokens: 100,
    stop: ["a", "b"],
    models: ["openai/gpt-4o"],
    response_format: {
      type: "json_schema",
      json_schema: {
        name: "x",
        strict: true,
        schema: { type: "object", properties: { a_b: { type: "string" } } },
      },
    },
    tools: [{
      type: "function",
      function: {
        name: "f",
        parameters: { type: "object", properties: { a_b: { min_length: 1 } } },
      },
    }],
    tool_choice: { type: "function", function: { name: "f" } },
    parallel_tool_calls: false,
    provider: {
      only: ["deepinfra"],
      allow_fallbacks: false,
      require_parameters: true,
      data_collection: "deny",
      sort: "price",
    },
    reasoning: { effort: "high", exclude: false, enabled: true },
    include_reasoning: true,
    plugins: [{ id: "context-compression", enabled: false }],
    user: "me",
    session_id: "s",
    metadata: { my_key: "x" },
  });
});

Deno.test("checkChatRequestBody() throws when a field is wrong", () => {
  const wrong: Record<string, unknown>[] = [
    { temperature: "hot" },
    { messages: undefined },
    { messages: [{ role: "wizard", content: "x" }] },
    { messages: [{ role: "user" }] },
    { messages: [{ role: "user", content: "x", colour: "red" }] },
    { topP: 0.9 },
    { max_token: 5 },
    { max_tokens: 1.5 },
    { seed: "1" },
    { stop: 5 },
    { logit_bias: { a: "b" } },
    { provider: { only: "deepinfra" } },
    { provider: { allowFallbacks: true } },
    { reasoning: { max_tokens: "many" } },
    { reasoning: { depth: 3 } },
    { include_reasoning: 1 },
    { response_format: { type: "json_schema" } },
  ];
  for (const fields of wrong) {
    const body = {
      model: QWEN,
      messages: [{ role: "user", content: "x" }],
      ...fields,
    };
    assertThrows(() => checkChatRequestBody(body), JSON.stringify(fields));
  }
  assertThrows(() => checkChatRequestBody("text"));
});
