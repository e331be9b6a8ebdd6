import {
  assert,
  assertEquals,
  assertMatch,
  assertRejects,
  assertStringIncludes,
} from "@std/assert";
import { OpenRouter } from "npm:@openrouter/sdk@1.3.19";
import type {
  ChatRequest,
  ChatResult,
} from "npm:@openrouter/sdk@1.3.19/models";
import * as errors from "npm:@openrouter/sdk@1.3.19/models/errors";
import {
  type Fault,
  MOCK_MODELS,
  MockOpenRouter,
} from "../../src/testing/mod.ts";

const QWEN = "qwen/qwen3-30b-a3b";

Deno.test("the SDK accepts a response with reasoning", async () => {
  await using server = await MockOpenRouter.start();
  const result = await sendChat(sdk(server), { model: QWEN, seed: 1 });
  const [choice] = result.choices;
  assertEquals(result.model, "qwen/qwen3-30b-a3b-04-28");
  assertEquals(choice?.finishReason, "stop");
  const { reasoning, reasoningDetails, content } = choice?.message ?? {};
  assertStringIncludes(String(reasoning), "50");
  assertStringIncludes(String(content), "50");
  const [detail] = reasoningDetails ?? [];
  assert(detail?.type === "reasoning.text");
  assertEquals(detail.text, reasoning);
  assert((result.usage?.completionTokensDetails?.reasoningTokens ?? 0) > 0);
  assert((result.usage?.cost ?? 0) > 0);
});

Deno.test("the SDK accepts a response from every model", async () => {
  await using server = await MockOpenRouter.start();
  const client = sdk(server);
  const list = await client.models.list();
  for (const { id } of list.result.data) {
    const result = await sendChat(client, {
      model: id,
      reasoning: { effort: "low" },
      logprobs: true,
      topLogprobs: 2,
    });
    // One model always answers with its planted chain of thought.
    const answer = id === "mock/planted-anchors" ? "\\boxed{" : "50";
    assertStringIncludes(String(result.choices[0]?.message.content), answer);
  }
});

Deno.test("the SDK accepts a response without reasoning", async () => {
  await using server = await MockOpenRouter.start();
  const result = await sendChat(sdk(server), { model: "openai/gpt-4o" });
  assertEquals(result.choices[0]?.message.reasoning, null);
});

Deno.test("the SDK accepts a response that max_tokens truncates", async () => {
  await using server = await MockOpenRouter.start();
  const result = await sendChat(sdk(server), { model: QWEN, maxTokens: 5 });
  assertEquals(result.choices[0]?.finishReason, "length");
  assertEquals(result.choices[0]?.message.content, null);
});

Deno.test("the SDK accepts a function call", async () => {
  await using server = await MockOpenRouter.start();
  const result = await sendChat(sdk(server), {
    model: QWEN,
    toolChoice: "required",
    tools: [{
      type: "function",
      function: {
        name: "look_up",
        parameters: {
          type: "object",
          properties: { city_name: { type: "string" } },
        },
      },
    }],
  });
  const [choice] = result.choices;
  assertEquals(choice?.finishReason, "tool_calls");
  assertEquals(choice?.message.content, null);
  const [call] = choice?.message.toolCalls ?? [];
  assertEquals(call?.function.name, "look_up");
  assertMatch(call?.function.arguments ?? "", /^\{"city_name":"/);
});

Deno.test("the SDK gets the continuation of a prefill", async () => {
  await using server = await MockOpenRouter.start();
  const result = await sendChat(sdk(server), {
    model: QWEN,
    messages: [
      { role: "user", content: "What is 5*10?" },
      { role: "assistant", content: "<think>\n5*1" },
    ],
  });
  assertMatch(String(result.choices[0]?.message.reasoning), /^0 = 50\./);
});

Deno.test("the SDK accepts a stream", async () => {
  await using server = await MockOpenRouter.start({ chunkDelayMs: 1 });
  const client = sdk(server);
  const { choices, usage } = await sendChat(client, { model: QWEN });
  const stream = await client.chat.send({
    chatRequest: {
      model: QWEN,
      messages: [{ role: "user", content: "What is 5*10?" }],
      stream: true,
    },
  });
  assert(Symbol.asyncIterator in stream);
  let content = "";
  let reasoning = "";
  let last;
  for await (const chunk of stream) {
    content += chunk.choices[0]?.delta.content ?? "";
    reasoning += chunk.choices[0]?.delta.reasoning ?? "";
    last = chunk;
  }
  assertEquals(content, choices[0]?.message.content);
  assertEquals(reasoning, choices[0]?.message.reasoning);
  assertEquals(last?.usage, usage);
});

Deno.test("the SDK sees the error in a stream", async () => {
  await using server = await MockOpenRouter.start({
    faults: { type: "stream_error", code: 503 },
  });
  const stream = await sdk(server).chat.send({
    chatRequest: {
      model: QWEN,
      messages: [{ role: "user", content: "What is 5*10?" }],
      stream: true,
    },
  });
  assert(Symbol.asyncIterator in stream);
  const chunks = await Array.fromAsync(stream);
  assertEquals(chunks.at(-1)?.error?.code, 503);
  assertEquals(chunks.at(-1)?.choices[0]?.finishReason, "error");
});

Deno.test("the SDK maps each status to its error class", async () => {
  await using server = await MockOpenRouter.start();
  const client = sdk(server);
  const classes = [
    [400, errors.BadRequestResponseError],
    [401, errors.UnauthorizedResponseError],
    [402, errors.PaymentRequiredResponseError],
    [403, errors.ForbiddenResponseError],
    [404, errors.NotFoundResponseError],
    [408, errors.RequestTimeoutResponseError],
    [413, errors.PayloadTooLargeResponseError],
    [422, errors.UnprocessableEntityResponseError],
    [429, errors.TooManyRequestsResponseError],
    [500, errors.InternalServerResponseError],
    [502, errors.BadGatewayResponseError],
    [503, errors.ServiceUnavailableResponseError],
    [524, errors.EdgeNetworkTimeoutResponseError],
    [529, errors.ProviderOverloadedResponseError],
  ] as const;
  for (const [status, errorClass] of classes) {
    const fault: Fault = { type: "status", status, metadata: { raw: "why" } };
    server.setFaults(fault);
    const error = await assertRejects(
      () => sendChat(client, { model: QWEN }),
      errorClass,
      "Provider returned error",
    );
    assertEquals(error.error.code, status);
  }
});

Deno.test("the SDK understands the mock's own errors", async () => {
  await using server = await MockOpenRouter.start();
  await assertRejects(
    () => sendChat(sdk(server, "sk-or-v1-invalid"), { model: QWEN }),
    errors.UnauthorizedResponseError,
  );
  await assertRejects(
    () => sendChat(sdk(server), { model: QWEN, temperature: 3 }),
    errors.BadRequestResponseError,
    "temperature must be a number between 0 and 2, got 3",
  );
  await assertRejects(
    () => sendChat(sdk(server), { model: "no/model" }),
    errors.NotFoundResponseError,
  );
});

Deno.test("the SDK accepts the catalog, the key and a generation", async () => {
  await using server = await MockOpenRouter.start();
  const client = sdk(server);
  const models = (await client.models.list()).result.data;
  assert(models.every(({ pricing }) => Number(pricing.completion) >= 0));
  for (const { id } of models) {
    const [author = "", slug = ""] = id.split("/");
    const { data } = await client.endpoints.list({ author, slug });
    assert(data.endpoints.length > 0);
    assert(data.endpoints.every(({ tag }) => tag !== ""));
  }
  const providers = await client.providers.list();
  assert(providers.data.some(({ slug }) => slug === "deepinfra"));
  const { id, usage } = await sendChat(client, { model: QWEN });
  const key = await client.apiKeys.getCurrentKeyMetadata();
  assertEquals(key.data.usage, usage?.cost);
  const generation = await client.generations.getGeneration({ id });
  assertEquals(generation.data.totalCost, usage?.cost);
  assertEquals(generation.data.tokensCompletion, usage?.completionTokens);
});

Deno.test("the SDK accepts each provider's prices and prefill behavior", async () => {
  await using server = await MockOpenRouter.start();
  const client = sdk(server);
  for (const { id, endpoints, ...model } of MOCK_MODELS) {
    const [author = "", slug = ""] = id.split("/");
    const { data } = await client.endpoints.list({ author, slug });
    for (const [index, own] of endpoints.entries()) {
      const { tag, prefill = model.prefill } = own;
      const listed = data.endpoints[index];
      assertEquals(listed?.tag, tag);
      assertEquals(listed?.quantization, own.quantization);
      const { promptPrice, completionPrice } = { ...model, ...own };
      assertEquals(listed?.pricing.prompt, promptPrice);
      assertEquals(listed?.pricing.completion, completionPrice);
      const answer = sendChat(client, {
        model: id,
        provider: { only: [tag] },
        messages: [
          { role: "user", content: "What is 5*10?" },
          { role: "assistant", content: "<think>\n5*1" },
        ],
      });
      if (prefill === "reject") {
        await assertRejects(() => answer, errors.BadRequestResponseError);
      } else {
        assertEquals((await answer).choices[0]?.finishReason, "stop");
      }
    }
  }
});

Deno.test("the SDK accepts the mock's embeddings", async () => {
  await using mock = await MockOpenRouter.start();
  const answer = await sdk(mock).embeddings.generate({
    requestBody: {
      model: "openai/text-embedding-3-small",
      input: ["a", "b"],
    },
  });
  assert(typeof answer !== "string");
  assertEquals(answer.data.map(({ index }) => index), [0, 1]);
  assert(mock.usage > 0);
});

function sdk(server: MockOpenRouter, apiKey = "sk-or-v1-test"): OpenRouter {
  return new OpenRouter({
    apiKey,
    serverURL: server.baseUrl,
    retryConfig: { strategy: "none" },
  });
}

async function sendChat(
  client: OpenRouter,
  request: Partial<ChatRequest>,
): Promise<ChatResult> {
  const messages = [{ role: "user" as const, content: "What is 5*10?" }];
  const result = await client.chat.send({
    chatRequest: { messages, ...request, stream: false },
  });
  assert("choices" in result);
  return result;
}
