import {
  assertEquals,
  assertMatch,
  assertRejects,
  assertThrows,
} from "@std/assert";
import { walkSync } from "@std/fs/walk";
import { join } from "@std/path/join";
import { relative } from "@std/path/relative";
import { createHash } from "node:crypto";
import type { GenerateOptions, Prompt, RolloutsClient } from "../../mod.ts";
import { MockOpenRouter } from "../../src/testing/mod.ts";
import { mockClient, MODEL } from "../support/mock_client.ts";
import { finished, ROOT, startScript } from "../support/run_script.ts";
import { TempDir } from "../support/temp_dir.ts";

const PROMPT = "What is 2+2?";
const HASH = createHash("sha256").update(PROMPT).digest("hex");

/** The environment of a test of the cache. */
interface Bench {
  readonly mock: MockOpenRouter;
  readonly client: RolloutsClient;
  readonly cacheDir: string;
}

/** Tests a line about the cache in the Python package's README. */
function cacheTest(
  line: string,
  check: (bench: Bench) => Promise<void>,
): void {
  Deno.test(`Python README, ${line}`, async () => {
    await using mock = await MockOpenRouter.start();
    await using dir = new TempDir();
    const cacheDir = join(dir.path, "my_cache");
    await using client = mockClient(mock, { cacheDir });
    await check({ mock, client, cacheDir });
  });
}

cacheTest(
  'features: "The first time you call client.generate(your prompt, n_samples=2), two jsons will be saved"',
  async ({ mock, client, cacheDir }) => {
    await client.generate("your prompt", { nSamples: 2 });
    const files = filesIn(cacheDir);
    assertEquals(files.map((path) => path.slice(-15)), [
      "seed_00000.json",
      "seed_00001.json",
    ]);
    await client.generate("your prompt", { nSamples: 2 });
    assertEquals([mock.started, filesIn(cacheDir)], [2, files]);
  },
);

cacheTest(
  'features and Parameter Override: "use_cache=sql" is not supported, only JSON',
  async ({ mock, client }) => {
    const options = { useCache: "sql" } as unknown as GenerateOptions;
    const message = 'useCache must be true or false, got "sql"';
    assertThrows(() => mockClient(mock, options), TypeError, message);
    await assertRejects(
      () => client.generate(PROMPT, options),
      TypeError,
      message,
    );
  },
);

cacheTest(
  'Caching: "First call: generates responses; second call: uses cached responses"',
  async ({ mock, client }) => {
    const first = await client.generate(PROMPT, { nSamples: 3 });
    const second = await client.generate(PROMPT, { nSamples: 3 });
    assertEquals(mock.started, 3);
    assertEquals(second.toJSON(), first.toJSON());
    assertEquals(
      first.responses.map(({ cached }) => cached),
      Array(3).fill(false),
    );
    assertEquals(
      second.responses.map(({ cached }) => cached),
      Array(3).fill(true),
    );
  },
);

cacheTest(
  'Caching: "use_cache=True,  # Default" and cache_dir ".rollouts": "Responses are automatically cached to disk"',
  async ({ mock, cacheDir }) => {
    Deno.mkdirSync(cacheDir);
    await using elsewhere = new TempDir();
    const file = join(elsewhere.path, "script.ts");
    await Deno.writeTextFile(
      file,
      `import { RolloutsClient } from "${ROOT}mod.ts";
const client = new RolloutsClient({ model: "${MODEL}" });
console.log((await client.generate("${PROMPT}")).cacheDir);`,
    );
    const { stdout, stderr } = await finished(startScript(file, {
      permissions: ["--allow-net=127.0.0.1", "--allow-read", "--allow-write"]
        .concat("--allow-env"),
      env: { OPENROUTER_API_KEY: "sk", OPENROUTER_BASE_URL: mock.baseUrl },
      cwd: cacheDir,
    }));
    assertEquals(stderr, "");
    const expected = `.rollouts/qwen-qwen3-30b-a3b/t0.7_p0.95_tok4096_x…/${
      HASH.slice(0, 3)
    }/${HASH}`;
    assertEquals(stdout.trim().replace(/_x[0-9a-f]{16}/, "_x…"), expected);
    assertEquals(
      filesIn(cacheDir).map((path) => path.replace(/_x[0-9a-f]{16}/, "_x…")),
      [`${expected}/seed_00000.json`],
    );
  },
);

cacheTest(
  'Caching: "cache_dir=my_cache  # Custom cache directory", for a client and for a call',
  async ({ client, cacheDir }) => {
    await client.generate(PROMPT);
    assertEquals(filesIn(cacheDir).length, 1);
    const other = `${cacheDir}2`;
    await client.generate(PROMPT, { cacheDir: other });
    assertEquals(filesIn(other), filesIn(cacheDir));
  },
);

cacheTest(
  'Caching: "use_cache=False" stores and reads nothing',
  async ({ mock, client, cacheDir }) => {
    await client.generate(PROMPT);
    const rollouts = await client.generate(PROMPT, { useCache: false });
    assertEquals([mock.started, rollouts.cacheDir], [2, null]);
    await client.generate("another", { useCache: false });
    assertEquals(filesIn(cacheDir).length, 1);
  },
);

cacheTest(
  'Caching: "a hierarchical directory structure: .rollouts/model/parameters/prompt_hash_prefix/prompt_hash/seed_00000.json"',
  async ({ client, cacheDir }) => {
    const rollouts = await client.generate(PROMPT, { seed: 42 });
    const [path] = filesIn(cacheDir);
    const [model, parameters, ...rest] = path!.split("/");
    assertEquals(model, "qwen-qwen3-30b-a3b");
    assertMatch(parameters!, /^t0\.7_p0\.95_tok4096_x[0-9a-f]{16}$/);
    // "prompt_hash_prefix is just the first three hex digits of the prompt hash"
    assertEquals(rest, [HASH.slice(0, 3), HASH, "seed_00042.json"]);
    assertEquals(rollouts.cacheDir, join(cacheDir, path!, ".."));
  },
);

const MESSAGES: Prompt = [{ role: "user", content: PROMPT }];

/** Calls that have to use different files, including those of the Python package. */
const APART: readonly (readonly [Prompt, GenerateOptions])[] = [
  [PROMPT, {}],
  [`${PROMPT} `, {}],
  [MESSAGES, {}],
  [PROMPT, { model: "qwen/qwen3-32b" }],
  [PROMPT, { temperature: 0.8 }],
  [PROMPT, { topP: 0.9 }],
  [PROMPT, { maxTokens: 100 }],
  [PROMPT, { topK: 20 }],
  [PROMPT, { topK: 40 }],
  [PROMPT, { presencePenalty: 0.1 }],
  [PROMPT, { frequencyPenalty: 0.1 }],
  [PROMPT, { provider: { order: ["nebius"] } }],
  [PROMPT, { provider: { only: ["nebius"] } }],
  // From here on, the Python package treats them all as the first.
  [PROMPT, { reasoning: { max_tokens: 100 } }],
  [PROMPT, { includeReasoning: false }],
  [PROMPT, { minP: 0.1 }],
  [PROMPT, { topA: 0.1 }],
  [PROMPT, { repetitionPenalty: 1.1 }],
  [PROMPT, { logitBias: { "1": 1 } }],
  [PROMPT, { stop: ["x"] }],
  [PROMPT, { responseFormat: { type: "json_object" } }],
];

cacheTest(
  'Caching: "Each unique combination of prompt, model, and parameters gets its own cache location"',
  async ({ mock, client, cacheDir }) => {
    const places = new Set<string | null>();
    for (const [prompt, options] of [...APART, ...APART]) {
      places.add((await client.generate(prompt, options)).cacheDir);
    }
    assertEquals(places.size, APART.length);
    assertEquals([mock.started, filesIn(cacheDir).length], [
      APART.length,
      APART.length,
    ]);
  },
);

cacheTest(
  'Caching: "If a cached response has finish_reason="error", it will not be loaded and is instead regenerated on the next request"',
  async ({ mock, client }) => {
    const { cacheDir } = await client.generate(PROMPT, { nSamples: 3 });
    const file = join(cacheDir!, "seed_00001.json");
    const entry = JSON.parse(Deno.readTextFileSync(file));
    entry.response.finish_reason = "error";
    entry.response.full = "Error: API error: 500";
    Deno.writeTextFileSync(file, JSON.stringify(entry));
    const again = await client.generate(PROMPT, { nSamples: 3 });
    assertEquals(again.responses.map(({ cached }) => cached), [
      true,
      false,
      true,
    ]);
    assertEquals(mock.seeds.get(1), { started: 2, answered: 2 });
    assertEquals(again.getFinishReasons(), { stop: 3 });
    await client.generate(PROMPT, { nSamples: 3 });
    assertEquals(mock.started, 4);
  },
);

cacheTest(
  'Caching: "To clear the cache, simply delete the cache directory or specific subdirectories/files"',
  async ({ mock, client, cacheDir }) => {
    const started = async () => {
      await client.generate(PROMPT, { nSamples: 2 });
      return mock.started;
    };
    assertEquals(await started(), 2);
    const [file] = filesIn(cacheDir).map((path) => join(cacheDir, path));
    Deno.removeSync(file!);
    assertEquals(await started(), 3);
    Deno.removeSync(join(file!, ".."), { recursive: true });
    assertEquals(await started(), 5);
    Deno.removeSync(cacheDir, { recursive: true });
    assertEquals(await started(), 7);
    assertEquals(await started(), 7);
  },
);

/** Returns the files below a directory, by their relative paths. */
function filesIn(directory: string): string[] {
  return [...walkSync(directory, { includeDirs: false })]
    .map(({ path }) => relative(directory, path).replaceAll("\\", "/")).sort();
}
