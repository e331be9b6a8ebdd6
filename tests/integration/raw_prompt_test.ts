import { Template } from "@huggingface/jinja";
import { assert, assertEquals, assertRejects } from "@std/assert";
import { CacheReader } from "../../mod.ts";
import { MockOpenRouter } from "../../src/testing/mod.ts";
import { GPT_OSS_DATE } from "../../src/request/load_template.ts";
import gptOssTemplate from "../../src/request/templates/gpt_oss.jinja" with {
  type: "text",
};
import type { Parsed } from "../support/ask_mock.ts";
import { mockClient } from "../support/mock_client.ts";
import { TempDir } from "../support/temp_dir.ts";

const PROMPT = "What is 5*10?\n<think>\n5*1";
const GPT_OSS = {
  model: "openai/gpt-oss-20b",
  provider: { only: ["deepinfra"] },
};
const QUESTION = { role: "user", content: "What is 5*10?" } as const;

Deno.test("gpt-oss continues reasoning that is sent in its template", async () => {
  await using mock = await MockOpenRouter.start();
  await using client = mockClient(mock, GPT_OSS);
  const { responses } = await client.generate(PROMPT, { nSamples: 5 });
  for (const { reasoning, content, prefill, provider } of responses) {
    assert(reasoning?.startsWith("0"), reasoning ?? "none");
    assert(content.includes("50") && !content.includes("<|"), content);
    assertEquals([prefill, provider], ["continued", "DeepInfra"]);
  }
  const [{ path, body }] = mock.requests as [Parsed];
  assertEquals(path, "/api/v1/completions");
  const { prompt, messages, stop } = body as Parsed;
  assertEquals([messages, stop], [undefined, ["<|return|>", "<|call|>"]]);
  const written = new Template(gptOssTemplate)
    .render({ messages: [QUESTION], add_generation_prompt: true })
    .replace(/(?<=Current date: )[\d-]+/, GPT_OSS_DATE);
  assertEquals(prompt, `${written}<|channel|>analysis<|message|>5*1`);
});

Deno.test("gpt-oss answers are classified when a provider strips special tokens or uses a chat template", async () => {
  await using mock = await MockOpenRouter.start();
  await using client = mockClient(mock, GPT_OSS);
  const ask = async (tag: string) => {
    const provider = { only: [tag] };
    const { responses, errors } = await client.generate(PROMPT, { provider });
    return responses[0] ?? [...errors.values()];
  };
  const stripped = await ask("novita");
  assert("content" in stripped);
  assertEquals(stripped.prefill, "continued");
  assert(!`${stripped.full}`.includes("assistantfinal"), stripped.full);
  assert(stripped.reasoning?.startsWith("0"));
  const wrapped = await ask("together");
  assert("content" in wrapped);
  assert(["restarted", "unknown"].includes(wrapped.prefill!));
  assert(Array.isArray(await ask("groq")));
});

Deno.test("a raw prompt has its own cache path, is read from it, and passes cache verify", async () => {
  await using mock = await MockOpenRouter.start();
  await using dir = new TempDir();
  const options = { ...GPT_OSS, cacheDir: dir.path };
  await using client = mockClient(mock, options);
  const fresh = await client.generate(PROMPT, { nSamples: 3 });
  const again = await client.generate(PROMPT, { nSamples: 3 });
  assertEquals(mock.started, 3);
  const plain = (rollouts: typeof fresh) =>
    rollouts.responses.map(({ cached: _, ...response }) => ({ ...response }));
  assertEquals(plain(again), plain(fresh));
  for (
    const other of [
      { stop: "x" },
      { reasoning: { effort: "low" } as const },
      { prefillVia: "chat", allowUnsupportedPrefill: true } as const,
    ]
  ) {
    const { cacheDir } = await client.generate(PROMPT, other);
    assert(cacheDir !== fresh.cacheDir);
  }
  assertEquals(mock.started, 6);
  const cache = new CacheReader(dir.path);
  for (const prompt of cache.prompts()) {
    for (const { problem } of cache.samples(prompt)) {
      assertEquals(problem, null);
    }
  }
});

Deno.test('prefillVia: "completions" sends what the model\'s own template writes, and rejects other messages', async () => {
  await using mock = await MockOpenRouter.start();
  const model = "qwen/qwen3-32b";
  const provider = { only: ["deepinfra"] };
  await using client = mockClient(mock, {
    model,
    provider,
    prefillVia: "completions",
  });
  const { responses } = await client.generate(PROMPT);
  assert(responses[0]?.reasoning?.startsWith("0"));
  const { prompt } = mock.requests[0]!.body as Parsed;
  assertEquals(
    prompt,
    "<|im_start|>user\nWhat is 5*10?<|im_end|>\n<|im_start|>assistant\n<think>\n5*1",
  );
  const [free] = (await client.generate("What is 5*10?")).responses;
  assert(free?.reasoning?.includes("5"), free?.full);
  assertEquals(free?.prefill, null);
  const image = { type: "image_url", image_url: { url: "data:," } };
  await assertRejects(
    () => client.generate([{ role: "user", content: [image] }]),
    TypeError,
    "image_url",
  );
  const tools = [{ type: "function", function: { name: "f" } }] as const;
  await assertRejects(
    () => client.generate(PROMPT, { tools }),
    TypeError,
    "tools",
  );
  await assertRejects(
    () =>
      client.generate(PROMPT, { model: "meta-llama/llama-3.1-8b-instruct" }),
    TypeError,
    "the chat template of meta-llama/llama-3.1-8b-instruct, which is unknown",
  );
  assertEquals(mock.started, 2);
});
