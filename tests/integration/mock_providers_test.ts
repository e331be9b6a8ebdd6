import {
  assert,
  assertEquals,
  assertGreater,
  assertMatch,
  assertRejects,
  assertStringIncludes,
} from "@std/assert";
import {
  MOCK_MODELS,
  type MockModel,
  MockOpenRouter,
  PREFILL_BEHAVIORS,
} from "../../src/testing/mod.ts";
import { askMock, type Parsed, sendToMock } from "../support/ask_mock.ts";

const PREFILL_MODEL = "qwen/qwen3-235b-a22b";

const RAW_MODELS = ["openai/gpt-oss-20b", "openai/gpt-oss-120b"];

const CLAIM = "\nThe answer must be zanzibar. The answer is";

const HARMONY =
  `<|start|>user<|message|>What is 5*10?<|end|><|start|>assistant<|channel|>analysis<|message|>`;

Deno.test("MockOpenRouter has a provider for each prefill behavior", async () => {
  await using server = await MockOpenRouter.start();
  const { endpoints } = findModel(PREFILL_MODEL);
  assertEquals(
    new Set(endpoints.map(({ prefill }) => prefill)),
    new Set(PREFILL_BEHAVIORS),
  );
  assertEquals(endpoints.length, PREFILL_BEHAVIORS.length);
  const shapes: Record<string, unknown> = {};
  for (const { tag, providerName, prefill } of endpoints) {
    for (const name of [tag, tag.split("/")[0]!]) {
      const response = await askPrefilled(server, `<think>${CLAIM}`, name);
      assertMatch(response.headers.get("X-Generation-Id") ?? "", /^gen-/);
      const body = await response.json();
      assertEquals(response.status, prefill === "reject" ? 400 : 200);
      if (prefill === "reject") continue;
      assertEquals(body.provider, providerName);
      assertEquals(body.model, "qwen/qwen3-235b-a22b-04-28");
      shapes[prefill ?? ""] = shapeOf(body);
    }
  }
  assertEquals(shapes, {
    reasoning: ["continues", "The answer is zanzibar."],
    content: [null, "continues, then answers"],
    echo: ["repeats the thought", "The answer is zanzibar."],
    echo_content: [null, "repeats the thought, then answers"],
    echo_prefill: [null, "repeats the prefill, then answers"],
    misfiled: ["continues", "The answer is zanzibar."],
    hidden: [null, "The answer is zanzibar."],
    ignore: ["fresh", "fresh"],
    answer: [null, "fresh"],
    mixed: ["continues", "The answer is zanzibar."],
  });
});

Deno.test("MockOpenRouter distinguishes misfiled and mixed from reasoning", async () => {
  await using server = await MockOpenRouter.start();
  const closed = `<think>${CLAIM} zanzibar.</think>`;
  const message = async (prefill: string, name: string, seed: number) =>
    (await (await askPrefilled(server, prefill, name, seed)).json())
      .choices[0].message;
  const misfiled = await message(closed, "parasail", 1);
  assertEquals(misfiled.reasoning, "The answer is zanzibar.");
  assertEquals(misfiled.content, null);
  const filed = await message(closed, "deepinfra", 1);
  assertEquals(filed.content, misfiled.reasoning);
  const open = `<think>${CLAIM}`;
  for (const [seed, isTaken] of [[0, false], [1, true], [3, false]] as const) {
    const { reasoning } = await message(open, "siliconflow", seed);
    assertEquals(reasoning.startsWith(" zanzibar"), isTaken);
  }
});

Deno.test("MockOpenRouter counts reasoning tokens only if the provider reasons", async () => {
  await using server = await MockOpenRouter.start();
  const tokens = async (name: string) => {
    const response = await askPrefilled(server, `<think>${CLAIM}`, name);
    const { usage } = await response.json();
    return usage.completion_tokens_details.reasoning_tokens;
  };
  assertGreater(await tokens("cerebras"), 0);
  assertEquals(await tokens("alibaba"), 0);
});

Deno.test("the header's prefill behavior overrides the provider's in MockOpenRouter", async () => {
  await using server = await MockOpenRouter.start({ prefill: "content" });
  const ask = async (headers: Record<string, string>) => {
    const response = await askMock(server, {
      model: PREFILL_MODEL,
      provider: { only: ["groq"] },
      messages: prefilled(`<think>${CLAIM}`),
    }, { headers: { Authorization: "Bearer any", ...headers } });
    return shapeOf(await response.json());
  };
  assertEquals(await ask({}), [null, "continues, then answers"]);
  assertEquals(
    (await ask({ "X-Mock-Prefill": "echo" }))[0],
    "repeats the thought",
  );
});

Deno.test("MockOpenRouter ignores prefills in chats with models that do not support them", async () => {
  await using server = await MockOpenRouter.start();
  for (const model of [...RAW_MODELS, "openai/o4-mini"]) {
    for (const { tag } of findModel(model).endpoints) {
      const response = await askMock(server, {
        model,
        provider: { only: [tag] },
        messages: prefilled(`<think>${CLAIM}`),
      });
      const { choices: [{ message }], usage } = await response.json();
      assert(!/zanzibar/i.test(`${message.reasoning}${message.content}`));
      assertEquals(message.reasoning === null, model === "openai/o4-mini");
      assertGreater(usage.completion_tokens_details.reasoning_tokens, 0);
    }
  }
});

Deno.test("MockOpenRouter has a provider for each raw prompt behavior", async () => {
  await using server = await MockOpenRouter.start();
  for (const model of RAW_MODELS) {
    const ask = async (name: string) => {
      const response = await sendToMock(
        server,
        "/completions",
        JSON.stringify({
          model,
          seed: 3,
          provider: { only: [name] },
          prompt: HARMONY + CLAIM,
        }),
      );
      const { choices, error } = await response.json();
      return { status: response.status, error, ...choices?.[0] };
    };
    const plain = await ask("deepinfra");
    assertMatch(
      plain.text,
      /^ zanzibar\. [^]*<\|end\|><\|start\|>assistant<\|channel\|>final<\|message\|>The answer is zanzibar\.$/,
    );
    assertEquals(
      (await ask("novita")).text,
      plain.text.replace(/<.*>/, "assistantfinal"),
    );
    const wrapped = await ask("together");
    assertMatch(wrapped.reasoning, /5\*10 = 50/);
    assertMatch(wrapped.text, /^5\*10 = 50\./);
    assert(!/zanzibar/i.test(wrapped.reasoning + wrapped.text));
    const { status, error } = await ask("groq");
    assertEquals([status, error.code], [404, 404]);
    assertEquals(error.metadata.provider_name, "Groq");
    assertStringIncludes(error.metadata.raw, "completions endpoint");
  }
});

Deno.test("MockOpenRouter streams the continuation of a prefill", async () => {
  await using server = await MockOpenRouter.start();
  const stream = await askMock(server, {
    model: PREFILL_MODEL,
    seed: 1,
    stream: true,
    provider: { only: ["together"] },
    messages: prefilled(`<think>${CLAIM}`),
  });
  assertMatch(stream.headers.get("X-Generation-Id") ?? "", /^gen-/);
  const deltas = (await stream.text()).split("\n\n")
    .filter((event) => event.startsWith("data: {"))
    .map((event): Parsed => JSON.parse(event.slice("data: ".length)))
    .map(({ choices: [choice] }) => choice?.delta.content ?? "");
  assert(deltas.join("").startsWith(`<think>${CLAIM} zanzibar.`));
});

Deno.test("MockOpenRouter uses the provider's prices and latency", async () => {
  const slow = { providerName: "Slow", tag: "slow", quantization: "fp8" };
  const model = {
    ...findModel(PREFILL_MODEL),
    endpoints: [
      { ...slow, promptPrice: "0.001", completionPrice: "0.002" },
      { ...slow, tag: "slower", latencyMs: 60_000 },
    ],
  };
  await using server = await MockOpenRouter.start({ models: [model] });
  const { usage } = await (await askMock(server, { model: model.id })).json();
  assertEquals(
    usage.cost,
    (usage.prompt_tokens + 2 * usage.completion_tokens) / 1000,
  );
  const signal = AbortSignal.timeout(50);
  await assertRejects(async () => {
    const body = { model: model.id, provider: { only: ["slower"] } };
    await (await askMock(server, body, { signal })).text();
  }, DOMException);
});

function findModel(id: string): MockModel {
  const model = MOCK_MODELS.find((model) => model.id === id);
  assert(model !== undefined, id);
  return model;
}

function prefilled(prefill: string) {
  return [
    { role: "user", content: "What is 5*10?" },
    { role: "assistant", content: prefill },
  ];
}

function askPrefilled(
  server: MockOpenRouter,
  prefill: string,
  provider: string,
  seed = 1,
): Promise<Response> {
  return askMock(server, {
    model: PREFILL_MODEL,
    seed,
    provider: { only: [provider] },
    messages: prefilled(prefill),
  });
}

/** Describes how the reasoning and the content of a response relate to the prefill. */
function shapeOf(body: Parsed): [string | null, string | null] {
  const { reasoning, content } = body.choices[0].message;
  return [describe(reasoning), describe(content)];
}

function describe(text: string | null): string | null {
  if (text === null) return null;
  if (text === "The answer is zanzibar.") return text;
  if (!text.includes("zanzibar")) return "fresh";
  const answers = text.endsWith("</think>\n\nThe answer is zanzibar.")
    ? ", then answers"
    : "";
  if (text.startsWith(`<think>${CLAIM} zanzibar.`)) {
    return `repeats the prefill${answers}`;
  }
  if (text.startsWith(`${CLAIM} zanzibar.`)) {
    return `repeats the thought${answers}`;
  }
  return text.startsWith(" zanzibar.") ? `continues${answers}` : text;
}
