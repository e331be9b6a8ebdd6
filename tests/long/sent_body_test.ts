import { assertEquals } from "@std/assert";
import type { GenerateOptions, Prompt } from "../../mod.ts";
import { MockOpenRouter } from "../../src/testing/mod.ts";
import { checkChatRequestBody } from "../support/chat_request_schema.ts";
import { mockClient, MODEL } from "../support/mock_client.ts";

const TOOL = {
  type: "function",
  function: {
    name: "add",
    description: "Adds two numbers",
    parameters: {
      type: "object",
      properties: { a: { type: "number" }, b: { type: "number" } },
    },
  },
} as const;

const CASES: Readonly<Record<string, [Prompt, GenerateOptions]>> = {
  "a text": ["What is 5*10?", {}],
  "a text with a thought": ["What is 5*10?\n<think>\n5*1", {}],
  "a conversation": [[
    { role: "system", content: "Be brief." },
    { role: "user", content: [{ type: "text", text: "Hi" }] },
    { role: "assistant", content: "Hello." },
    { role: "user", content: "Bye" },
  ], {}],
  "every sampling option": ["Hi", {
    temperature: 1.2,
    topP: 0.9,
    maxTokens: 100,
    topK: 40,
    presencePenalty: 0.5,
    frequencyPenalty: -0.5,
    repetitionPenalty: 1.1,
    minP: 0.05,
    topA: 0.2,
    stop: ["\n\n", "END"],
    logitBias: { "50256": -100 },
    logprobs: true,
    topLogprobs: 5,
    reasoning: { effort: "low" },
    includeReasoning: true,
    provider: { sort: "price", allow_fallbacks: false },
    extraBody: { user: "me", session_id: "s", verbosity: "low" },
  }],
  "a tool": ["What is 1+2?", { tools: [TOOL], toolChoice: "auto" }],
  "a form of answer": ["Hi", {
    responseFormat: {
      type: "json_schema",
      json_schema: { name: "a", strict: true, schema: { type: "object" } },
    },
  }],
};

for (const [name, [prompt, options]] of Object.entries(CASES)) {
  Deno.test(`the request body for ${name} passes the official SDK's schema`, async () => {
    await using mock = await MockOpenRouter.start();
    await using client = mockClient(mock, { model: MODEL });
    const { errors } = await client.generate(prompt, { ...options, seed: 3 });
    assertEquals([...errors.values()], []);
    checkChatRequestBody(mock.requests[0]?.body);
  });
}
