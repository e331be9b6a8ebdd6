import { assertEquals, assertMatch } from "@std/assert";
import { walkSync } from "@std/fs/walk";
import { join } from "@std/path/join";
import { relative } from "@std/path/relative";
import { createHash } from "node:crypto";
import type { GenerateOptions, Prompt } from "../../mod.ts";
import { MockOpenRouter } from "../../src/testing/mod.ts";
import type { Parsed } from "../support/ask_mock.ts";
import { mockClient, MODEL } from "../support/mock_client.ts";
import { finished, ROOT, startScript } from "../support/run_script.ts";
import { TempDir } from "../support/temp_dir.ts";

/**
 * A call, and the directory that the Python package uses for it, without the part of the prompt.
 */
interface Group {
  readonly options: GenerateOptions & { readonly model: string };
  readonly directory: string;
  readonly prompt: (index: number) => Prompt;
  /** What Python hashes for the prompt. */
  readonly hashed: (index: number) => string;
  readonly reasoning: string | null;
}

const PROMPTS = 10;
const SEEDS = 25;

const GROUPS: readonly Group[] = [
  {
    options: { model: "qwen/qwen3-30b-a3b" },
    directory: "qwen-qwen3-30b-a3b/t0.7_p0.95_tok4096",
    prompt: (index) => `What is 5*${index}?\n<think>\n5*`,
    hashed: (index) => `What is 5*${index}?\n<think>\n5*`,
    reasoning: "… “</think>” would be the end, isn't it? 🙂",
  },
  {
    options: {
      model: "deepseek/deepseek-r1:free",
      temperature: 1,
      maxTokens: 1000,
      topK: 20,
      presencePenalty: 0.5,
      frequencyPenalty: -1,
    },
    directory: "deepseek-deepseek-r1free/t1.0_p0.95_tok1000_tk20_pp0.5_fp-1.0",
    prompt: (index) => `Wie groß ist π·10^${index}? 🥧`,
    hashed: (index) => `Wie groß ist π·10^${index}? 🥧`,
    reasoning: "\nHm.\n",
  },
  {
    options: {
      model: "meta-llama/llama-3.1-8b-instruct",
      provider: { order: ["novita"], ignore: ["groq", "meta"] },
    },
    directory: "meta-llama-llama-3.1-8b-instruct/t0.7_p0.95_tok4096_provider" +
      sha256('{"ignore": ["groq", "meta"], "order": ["novita"]}').slice(0, 8),
    prompt: (index) => `Name ${index} rivers.`,
    hashed: (index) => `Name ${index} rivers.`,
    reasoning: null,
  },
  {
    options: { model: "qwen/qwq-32b", topP: 1 },
    directory: "qwen-qwq-32b/t0.7_p1.0_tok4096",
    prompt: (index) => [
      { role: "user", content: `Pick ${index}, é` },
      { role: "assistant", content: "Picked." },
    ],
    hashed: (index) =>
      `[{"role": "user", "content": "Pick ${index}, \\u00e9"}, ` +
      `{"role": "assistant", "content": "Picked."}]`,
    reasoning: "",
  },
];

Deno.test("a cache of 1,000 Python samples is read without network, environment, and key", async () => {
  await using dir = new TempDir();
  const cacheDir = join(dir.path, "cache");
  const entries = GROUPS.flatMap((group) => writeGroup(group, cacheDir));
  assertEquals(entries.length, 1000);
  const before = contents(cacheDir);
  const calls = GROUPS.flatMap(({ options, prompt }) =>
    range(PROMPTS).map((index) => ({ prompt: prompt(index), options }))
  );
  const file = join(dir.path, "script.ts");
  await Deno.writeTextFile(file, script(cacheDir, calls));
  const { code, stdout, stderr } = await finished(
    startScript(file, { permissions: ["--allow-read"] }),
  );
  assertEquals([code, stderr], [0, ""]);
  const read: Parsed[] = JSON.parse(stdout);
  assertEquals(read.length, 1000);
  for (const [i, { cached, ...response }] of read.entries()) {
    const { usage, ...written } = entries[i].response;
    assertEquals([cached, response], [true, {
      ...written,
      // Python has "" for no reasoning if the API omitted the field.
      reasoning: written.reasoning || null,
      usage,
    }]);
  }
  assertEquals(contents(cacheDir), before, "nothing was written or renamed");
});

/**
 * The fields that the Python package reads, or that describe a file to a person, with their JSON
 * types.
 */
const PYTHON_TYPES = {
  seed: "integer",
  prompt: "text",
  temperature: "number",
  top_p: "number",
  max_tokens: "integer",
  model: "text",
  provider: "null",
  "response.full": "text",
  "response.content": "text",
  "response.reasoning": "text",
  "response.finish_reason": "text",
  "response.provider": "text",
  "response.response_id": "text",
  "response.model": "text",
  "response.object": "text",
  "response.created": "integer",
  "response.usage.prompt_tokens": "integer",
  "response.usage.completion_tokens": "integer",
  "response.usage.total_tokens": "integer",
  "response.logprobs": "null",
  "response.echo": "boolean",
  "response.seed": "integer",
  "response.completed_reasoning": "boolean",
};

const TOOLS = [{ type: "function", function: { name: "add" } }] as const;

/** Calls, and the types of their entries that differ. */
const OURS: Readonly<
  Record<string, [GenerateOptions, Record<string, string>, Prompt?]>
> = {
  "a reasoning model": [{}, {}],
  "reasoning that was cut": [{ maxTokens: 5 }, {}],
  "a model without reasoning": [
    { model: "meta-llama/llama-3.1-8b-instruct" },
    { "response.reasoning": "null" },
  ],
  "a provider": [{ provider: { only: ["nebius"] } }, { provider: "object" }],
  "messages": [{}, { prompt: "list" }, [{ role: "user", content: "Hi" }]],
  "a call of a tool": [
    { tools: TOOLS, toolChoice: "required" },
    { "response.reasoning": "null" },
  ],
  "log probabilities": [
    { logprobs: true, topLogprobs: 1 },
    { "response.logprobs": "object" },
  ],
};

for (const [name, [options, others, prompt = "Hi"]] of Object.entries(OURS)) {
  Deno.test(`a file that generate() writes has the fields that the Python package reads: ${name}`, async () => {
    await using mock = await MockOpenRouter.start();
    await using dir = new TempDir();
    await using client = mockClient(mock, { cacheDir: dir.path });
    await client.generate(prompt, { ...options, nSamples: 3 });
    const files = [...contents(dir.path)];
    assertEquals(files.length, 3);
    for (const [path, text] of files) {
      assertMatch(text, /^\{\n {2}"seed": \d,\n/);
      const entry = JSON.parse(text);
      const found = Object.keys(PYTHON_TYPES).map((field) => [
        field,
        jsonType(field.split(".").reduce((value, key) => value?.[key], entry)),
      ]);
      const expected = { ...PYTHON_TYPES, ...others };
      assertEquals(Object.fromEntries(found), expected);
      assertEquals(path.slice(-10), `0000${entry.seed}.json`);
    }
  });
}

Deno.test("generate() writes to Python's paths, with an added part for another endpoint", async () => {
  await using mock = await MockOpenRouter.start();
  await using dir = new TempDir();
  await using client = mockClient(mock, { cacheDir: dir.path });
  await client.generate("What is 2+2?", { temperature: 1, topK: 20 });
  const [path] = contents(dir.path).keys();
  const hash = sha256("What is 2+2?");
  assertEquals(
    path?.replace(/_x[0-9a-f]{16}/, ""),
    `${MODEL.replace("/", "-")}/t1.0_p0.95_tok4096_tk20/` +
      `${hash.slice(0, 3)}/${hash}/seed_00000.json`,
  );
});

/** Writes the files of the Python package for a group's prompts, and returns the entries. */
function writeGroup(group: Group, cacheDir: string): Parsed[] {
  return range(PROMPTS).flatMap((index) => {
    const hash = sha256(group.hashed(index));
    const directory = join(
      ...[cacheDir, group.directory, hash.slice(0, 3), hash],
    );
    Deno.mkdirSync(directory, { recursive: true });
    return range(SEEDS).map((seed) => {
      const entry = pythonEntry(group, index, seed);
      const name = `seed_${String(seed).padStart(5, "0")}.json`;
      Deno.writeTextFileSync(join(directory, name), pythonText(entry));
      return entry;
    });
  });
}

function pythonEntry(
  { options, prompt, reasoning }: Group,
  index: number,
  seed: number,
): Parsed {
  const { model, temperature = 0.7, topP = 0.95, maxTokens = 4096 } = options;
  const isCut = seed % 5 === 4 && reasoning;
  const content = isCut ? "" : `Sample ${seed} of prompt ${index}: naïve 🙂`;
  return {
    seed,
    prompt: prompt(index),
    temperature,
    top_p: topP,
    max_tokens: maxTokens,
    model,
    provider: options.provider ?? null,
    response: {
      full: isCut
        ? reasoning
        : reasoning
        ? `${reasoning}</think>${content}`
        : content,
      content,
      reasoning,
      finish_reason: isCut ? "length" : "stop",
      provider: "DeepInfra",
      response_id: `gen-1760000000-${index}-${seed}`,
      model: `${model}-04-28`,
      object: "chat.completion",
      created: 1_760_000_000 + seed,
      usage: {
        prompt_tokens: 10 + index,
        completion_tokens: 20 + seed,
        total_tokens: 30 + index + seed,
      },
      logprobs: null,
      echo: false,
      seed,
      completed_reasoning: !isCut,
    },
  };
}

/** Formats JSON like `json.dump(…, indent=2)`: only ASCII, and floats with a point. */
function pythonText(entry: Parsed): string {
  return JSON.stringify(entry, null, 2)
    .replace(/"(temperature|top_p)": (\d+),/g, '"$1": $2.0,')
    .replace(
      /[^\n -~]/g,
      (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`,
    );
}

/** A program that reads the samples of some calls, and prints them as JSON. */
function script(cacheDir: string, calls: readonly unknown[]): string {
  return `import { RolloutsClient } from "${ROOT}mod.ts";
const client = new RolloutsClient({ model: "no/default", cacheDir: ${
    JSON.stringify(cacheDir)
  } });
const read = [];
for (const { prompt, options } of ${JSON.stringify(calls)}) {
  const { responses } = await client.generate(prompt, { ...options, nSamples: ${SEEDS} });
  read.push(...responses.map((response) => ({ ...response.toJSON(), cached: response.cached })));
}
console.log(JSON.stringify(read));
`;
}

/** Returns the files below a directory, by their relative paths. */
function contents(directory: string): Map<string, string> {
  const files = [...walkSync(directory, { includeDirs: false })]
    .map(({ path }): [string, string] => [
      relative(directory, path).replaceAll("\\", "/"),
      Deno.readTextFileSync(path),
    ]);
  return new Map(files.sort());
}

function jsonType(value: unknown): string {
  if (value === null || value === undefined) return String(value);
  if (Array.isArray(value)) return "list";
  if (typeof value === "string") return "text";
  return Number.isInteger(value) ? "integer" : typeof value;
}

function sha256(text: string): string {
  return createHash("sha256").update(text, "utf8").digest("hex");
}

function range(length: number): number[] {
  return Array.from({ length }, (_, index) => index);
}
