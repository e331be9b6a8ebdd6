import {
  assert,
  assertAlmostEquals,
  assertEquals,
  assertMatch,
} from "@std/assert";
import { MockOpenRouter } from "../../src/testing/mod.ts";
import {
  askMock,
  askMockJson,
  getFromMock,
  sendToMock,
} from "../support/ask_mock.ts";
import { mockClient } from "../support/mock_client.ts";
import { TempDir } from "../support/temp_dir.ts";

const MODEL = "rollouts/tiny-sums";
const QUESTION = "What is 5*10?";

Deno.test("generate() continues a prefill with rollouts/tiny-sums", async () => {
  await using mock = await MockOpenRouter.start();
  await using client = mockClient(mock, { model: MODEL });
  const { responses } = await client.generate(`${QUESTION}\n<think>\n5*1`, {
    nSamples: 5,
  });
  assertEquals(responses.length, 5);
  for (const { reasoning, content, prefill, finishReason } of responses) {
    assertMatch(reasoning!, /^0 = 50\./);
    assertEquals(content, "The answer is \\boxed{50}.");
    assertEquals([prefill, finishReason], ["continued", "stop"]);
  }
});

Deno.test("generate() gets another answer when a wrong thought is planted", async () => {
  await using mock = await MockOpenRouter.start();
  await using client = mockClient(mock, { model: MODEL });
  const answers = async (thought: string) => {
    const prompt = `${QUESTION}\n<think>\n${thought}`;
    const rollouts = await client.generate(prompt, { nSamples: 20 });
    return rollouts.getContents()
      .filter((content) => content === "The answer is \\boxed{40}.").length;
  };
  assertEquals(await answers("5*10 = 50. Done."), 0);
  assertEquals(await answers("5*10 = 40. Done."), 20);
  // Some samples find the mistake.
  const checked = await answers("5*10 = 40. Wait, let me check.");
  assert(checked > 0 && checked < 20, String(checked));
});

Deno.test("generate() repeats a seed of rollouts/tiny-sums, and seeds differ", async () => {
  await using mock = await MockOpenRouter.start();
  await using client = mockClient(mock, { model: MODEL });
  const first = await client.generate(QUESTION, { nSamples: 12 });
  await using other = await MockOpenRouter.start();
  await using otherClient = mockClient(other, { model: MODEL });
  await otherClient.generate("What is 2+3?");
  const again = await otherClient.generate(QUESTION, { nSamples: 12 });
  assertEquals(again.getTexts(), first.getTexts());
  assert(new Set(first.getTexts()).size > 4);
});

Deno.test("generate() reads samples of rollouts/tiny-sums from the cache", async () => {
  await using mock = await MockOpenRouter.start();
  await using dir = new TempDir();
  await using client = mockClient(mock, { model: MODEL, cacheDir: dir.path });
  const options = { nSamples: 4, logprobs: true, topLogprobs: 2 };
  const first = await client.generate(QUESTION, options);
  const again = await client.generate(QUESTION, options);
  assertEquals(mock.started, 4);
  assert(again.responses.every(({ cached }) => cached));
  assertEquals(
    again.responses.map(({ full, logprobs }) => ({ full, logprobs })),
    first.responses.map(({ full, logprobs }) => ({ full, logprobs })),
  );
});

Deno.test("MockOpenRouter returns log probabilities of rollouts/tiny-sums", async () => {
  await using mock = await MockOpenRouter.start();
  const { choices: [choice], usage } = await askMockJson(mock, {
    model: MODEL,
    temperature: 0,
    logprobs: true,
    top_logprobs: 20,
    messages: [
      { role: "user", content: QUESTION },
      { role: "assistant", content: "<think>\n5*1" },
    ],
  });
  const { content } = choice.logprobs;
  assertEquals(content.length, usage.completion_tokens);
  const [{ token, logprob, bytes, top_logprobs }] = content;
  assertEquals([token, bytes, top_logprobs.length], ["0", [48], 20]);
  // See tests/testdata/tiny_model/llama_cpp.json.
  assertAlmostEquals(logprob, -0.001279, 1e-5);
  assertAlmostEquals(top_logprobs[1].logprob, -7.921463, 1e-4);
});

Deno.test("MockOpenRouter streams the text of rollouts/tiny-sums", async () => {
  await using mock = await MockOpenRouter.start();
  const body = { model: MODEL, temperature: 0, stream: true };
  const response = await askMock(mock, body);
  const events = (await response.text()).matchAll(/^data: (\{.*)$/gm);
  const texts = [...events].map(([, event]) => {
    const [choice] = JSON.parse(event!).choices;
    return choice?.delta.reasoning ?? choice?.delta.content ?? "";
  });
  assertEquals(
    texts.join(""),
    "5*10 = 50. Done.\nThe answer is \\boxed{50}.",
  );
});

Deno.test("MockOpenRouter continues a raw prompt with rollouts/tiny-sums", async () => {
  await using mock = await MockOpenRouter.start();
  const prompt = `<|im_start|>user
${QUESTION}<|im_end|>
<|im_start|>assistant
<think>
5*1`;
  const body = { model: MODEL, temperature: 0, prompt };
  const response = await sendToMock(mock, "/completions", JSON.stringify(body));
  const { choices: [choice], object } = await response.json();
  assertEquals(
    [object, choice.text, choice.finish_reason],
    [
      "text_completion",
      "0 = 50. Done.\n</think>\n\nThe answer is \\boxed{50}.",
      "stop",
    ],
  );
});

Deno.test("MockOpenRouter lists what rollouts/tiny-sums supports", async () => {
  await using mock = await MockOpenRouter.start();
  const { data } = await (await getFromMock(mock, "/models")).json();
  const model = data.find(({ id }: { id: string }) => id === MODEL);
  assertEquals(model.context_length, 512);
  assert(model.supported_parameters.includes("min_p"));
  assert(!model.supported_parameters.includes("tools"));
});
