import {
  assert,
  assertEquals,
  assertMatch,
  assertRejects,
  assertStringIncludes,
} from "@std/assert";
import { join } from "@std/path/join";
import { ApiError, type GenerateOptions, PrefillError } from "../../mod.ts";
import { MockOpenRouter, type MockOptions } from "../../src/testing/mod.ts";
import type { Parsed } from "../support/ask_mock.ts";
import { mockClient, MODEL } from "../support/mock_client.ts";
import { finished, ROOT, startScript } from "../support/run_script.ts";
import { TempDir } from "../support/temp_dir.ts";

const PROMPT = "What is the meaning of life?";

/** Tests a line of the Python package's README, with its own mock. */
function readmeTest(
  line: string,
  check: (mock: MockOpenRouter) => Promise<void>,
  options: MockOptions = {},
): void {
  Deno.test(`Python README, ${line}`, async () => {
    await using mock = await MockOpenRouter.start(options);
    await check(mock);
  });
}

readmeTest(
  'features: "You can generate multiple LLM responses concurrently for the same prompt"',
  async (mock) => {
    await using client = mockClient(mock);
    await client.generate(PROMPT, { nSamples: 5 });
    assertEquals(mock.maxInFlight, 5);
  },
  { latencyMs: 500 },
);

readmeTest(
  'features: "If you call client.generate(What is 5*10?\\n<think>\\n5*1) … will continue with 0"',
  async (mock) => {
    await using client = mockClient(mock);
    const response = (await client.generate("What is 5*10?\n<think>\n5*1"))
      .at(0);
    assertMatch(response?.reasoning ?? "", /^0/);
  },
);

readmeTest(
  'Quick Start: "This runs on seeds from 0 to n_samples (e.g., 0, 1, 2, 3, 4)"',
  async (mock) => {
    await using client = mockClient(mock, {
      temperature: 0.7,
      maxTokens: 1000,
    });
    const rollouts = await client.generate(PROMPT, { nSamples: 5 });
    assertEquals(rollouts.responses.map(({ seed }) => seed), [0, 1, 2, 3, 4]);
    assertEquals([...mock.seeds.keys()].sort(), [0, 1, 2, 3, 4]);
  },
);

readmeTest(
  'Quick Start: "Model responses are always via the chat-completions API"',
  async (mock) => {
    await using client = mockClient(mock);
    await client.generate(PROMPT);
    const [request] = mock.requests;
    assertEquals(request?.path, "/api/v1/chat/completions");
    assertEquals((request?.body as Parsed).messages, [
      { role: "user", content: PROMPT },
    ]);
  },
);

readmeTest(
  'Quick Start: "reasoning text if reasoning model; None if non-reasoning model"',
  async (mock) => {
    await using client = mockClient(mock);
    const thinking = await client.generate(PROMPT);
    const plain = await client.generate(PROMPT, {
      model: "meta-llama/llama-3.1-8b-instruct",
    });
    assert(thinking.at(0)!.reasoning!.length > 0);
    assertEquals(plain.at(0)?.reasoning, null);
  },
);

readmeTest(
  'Quick Start: "{reasoning}</think>{content} if reasoning exists and completed; {reasoning} if not completed; {content} if non-reasoning or hidden"',
  async (mock) => {
    await using client = mockClient(mock);
    const calls: GenerateOptions[] = [
      {},
      { maxTokens: 5 },
      { model: "meta-llama/llama-3.1-8b-instruct" },
      { reasoning: { exclude: true } },
    ];
    const [done, cut, plain, hidden] = await Promise.all(
      calls.map(async (options) =>
        (await client.generate(PROMPT, options)).at(0)!
      ),
    );
    assertEquals(done!.full, `${done!.reasoning}</think>${done!.content}`);
    assertEquals([cut!.full, cut!.content], [cut!.reasoning, ""]);
    assertEquals([plain!.full, plain!.reasoning], [plain!.content, null]);
    assertEquals([hidden!.full, hidden!.reasoning], [hidden!.content, null]);
  },
);

readmeTest(
  'Asynchronous Usage: "Generate responses for multiple prompts concurrently"',
  async (mock) => {
    await using client = mockClient(mock);
    const results = await Promise.all([
      client.generate("Explain quantum computing", { nSamples: 3 }),
      client.generate("Write a haiku", { nSamples: 5, temperature: 1.2 }),
    ]);
    assertEquals(results.map(({ length }) => length), [3, 5]);
    assertEquals(results.map(({ temperature }) => temperature), [0.7, 1.2]);
    assertEquals(mock.started, 8);
  },
);

readmeTest(
  'Thinking Injection: "you can insert thoughts and continue the chain-of-thought from there"',
  async (mock) => {
    await using client = mockClient(mock);
    const prompt = "Calculate 10*5\n<think>\nLet me calculate: 10*5=";
    const [response] = await client.generate(prompt);
    assertMatch(response!.reasoning!, /^50/);
    assertEquals((mock.requests[0]!.body as Parsed).messages, [
      { role: "user", content: "Calculate 10*5" },
      { role: "assistant", content: "<think>\nLet me calculate: 10*5=" },
    ]);
  },
);

readmeTest(
  'Thinking Injection: "you should avoid ending inserted thoughts with a trailing space"',
  async (mock) => {
    const warned = await stderrOf(mock, `Hi\n<think>\nLet me `);
    assertMatch(warned, /^rollouts: The text after <think> ends with a space/);
    assertEquals(await stderrOf(mock, `Hi\n<think>\nLet me`), "");
  },
);

readmeTest(
  'Thinking Injection: "Inserting thoughts does not work for … hidden (Gemini and OpenAI), GPT-OSS"',
  async (mock) => {
    const prompt = "Hi\n<think>\nLet me";
    await using client = mockClient(mock);
    // Here, such a model costs nothing unless allowed, and gpt-oss continues the prefill.
    const hidden = "google/gemini-2.5-flash";
    for (const model of [hidden, "openai/o4-mini"]) {
      const asked = () => client.generate(prompt, { model });
      const error = await assertRejects(asked, PrefillError);
      assertStringIncludes(error.message, model);
      assertEquals(mock.requests.length, 0);
    }
    const { responses } = await client.generate(prompt, {
      model: "openai/gpt-oss-20b",
      provider: { only: ["deepinfra"] },
    });
    assertEquals(responses[0]?.prefill, "continued");
    const options = { allowUnsupportedPrefill: true };
    const warned = await stderrOf(mock, prompt, hidden, options);
    assertStringIncludes(warned, `${hidden} does not accept a prefill`);
    assertEquals((mock.requests.at(-1)!.body as Parsed).messages, [
      { role: "user", content: prompt },
    ]);
  },
);

readmeTest(
  'Thinking Injection: "filter for only those using provider={only: [...]}"',
  async (mock) => {
    await using client = mockClient(mock);
    const rollouts = await client.generate("Hi\n<think>\nLet me", {
      model: "qwen/qwen3-32b",
      provider: { only: ["cerebras"] },
    });
    assertEquals(rollouts.at(0)?.provider, "Cerebras");
  },
);

for (
  const [line, nSamples, options] of [
    ['"A progress bar automatically appears … (n_samples > 1)"', 5, {}],
    ['"No progress bar for single sample (even if enabled)"', 1, {
      progressBar: true,
    }],
    ['"Disable progress bar for a specific request"', 10, {
      progressBar: false,
    }],
  ] as const
) {
  // progress_bar_test.ts tests its look on a terminal.
  readmeTest(
    `Progress Bar: ${line}: taken, and not drawn off a terminal`,
    async (mock) => {
      const text = await stderrOf(mock, PROMPT, MODEL, {
        nSamples,
        ...options,
      });
      assertEquals([text, mock.answered], ["", nSamples]);
    },
  );
}

readmeTest(
  "RolloutsClient(verbose): logs to stderr what is cached and what is sent",
  async (mock) => {
    const text = await stderrOf(mock, PROMPT, MODEL, { verbose: true });
    assertStringIncludes(text, "rollouts: 0 of 1 sample cached");
    assertStringIncludes(text, '"top_p":0.95');
  },
);

readmeTest(
  'API Key Configuration: "1. Environment Variable"',
  async (mock) => {
    assertEquals(await stderrOf(mock, PROMPT), "");
    assertEquals(mock.answered, 1);
  },
  { apiKeys: ["sk-environment"] },
);

readmeTest(
  'API Key Configuration: "2. Pass to Client"',
  async (mock) => {
    await using client = mockClient(mock, { apiKey: "sk-client" });
    assertEquals((await client.generate(PROMPT)).length, 1);
    await using other = mockClient(mock, { apiKey: "sk-other" });
    await assertRejects(() => other.generate(PROMPT), ApiError, "401");
  },
  { apiKeys: ["sk-client"] },
);

readmeTest(
  'API Key Configuration: "3. Pass at Generation Time … Overrides any default"',
  async (mock) => {
    await using client = mockClient(mock, { apiKey: "sk-client" });
    const options = { nSamples: 5, apiKey: "sk-call" };
    assertEquals((await client.generate(PROMPT, options)).length, 5);
    await assertRejects(() => client.generate(PROMPT), ApiError, "401");
  },
  { apiKeys: ["sk-call"] },
);

for (const where of ["client", "call"] as const) {
  readmeTest(
    `Rate Limiting: "limit the requests per minute" of a ${where}`,
    async (mock) => {
      // One start every 61,000 / 600 ms.
      const limit = { requestsPerMinute: 600 };
      await using client = mockClient(mock, where === "client" ? limit : {});
      const begunMs = performance.now();
      await client.generate(PROMPT, {
        nSamples: 5,
        ...(where === "call" ? limit : {}),
      });
      assert(performance.now() - begunMs > 4 * 61_000 / 600 - 5);
      assertEquals(mock.requests.length, 5);
    },
  );
}

/**
 * Returns what a separate program that calls `generate` once writes to stderr, with the key of the
 * environment.
 */
async function stderrOf(
  mock: MockOpenRouter,
  prompt: string,
  model = MODEL,
  options: GenerateOptions = {},
): Promise<string> {
  await using dir = new TempDir();
  const file = join(dir.path, "script.ts");
  await Deno.writeTextFile(
    file,
    `import { RolloutsClient } from "${ROOT}mod.ts";
const client = new RolloutsClient({ model: "${model}", useCache: false });
const rollouts = await client.generate(${JSON.stringify(prompt)}, ${
      JSON.stringify(options)
    });
console.log(rollouts.length);`,
  );
  const { code, stdout, stderr } = await finished(startScript(file, {
    permissions: ["--allow-net=127.0.0.1", "--allow-read", "--allow-env"],
    env: {
      OPENROUTER_API_KEY: "sk-environment",
      OPENROUTER_BASE_URL: mock.baseUrl,
    },
  }));
  assertEquals([code, stdout], [0, `${options.nSamples ?? 1}\n`], stderr);
  return stderr;
}
