import {
  assert,
  assertEquals,
  assertNotEquals,
  assertThrows,
} from "@std/assert";
import { join } from "@std/path/join";
import { toKebabCase } from "@std/text/to-kebab-case";
import {
  OPTION_FLAGS,
  optionHelp,
  TRANSPORT_FLAGS,
} from "../../src/cli/flags/option_flags.ts";
import { type Option, OPTIONS } from "../../src/options/all_options.ts";
import type { AllOptions } from "../../src/options/options.ts";
import { resolveOptions } from "../../src/options/resolve_options.ts";
import { samplingOptions } from "../../src/options/settings.ts";
import { cacheDirectory } from "../../src/cache/cache_path.ts";
import { buildRequest } from "../../src/request/build_request.ts";
import { OPENROUTER_BASE_URL } from "../../src/openrouter_url.ts";
import { ROOT } from "../support/run_script.ts";

/** A value of each option, other than its default. */
const VALUES: Required<AllOptions> = {
  nSamples: 5,
  seed: 7,
  signal: new AbortController().signal,
  model: "qwen/qwq-32b",
  temperature: 1,
  topP: 0.5,
  maxTokens: 10,
  maxCompletionTokens: 12,
  topK: 20,
  presencePenalty: 1,
  frequencyPenalty: 1,
  repetitionPenalty: 1.5,
  minP: 0.1,
  topA: 0.1,
  stop: "END",
  logitBias: { "50256": -100 },
  logprobs: true,
  topLogprobs: 2,
  responseFormat: { type: "json_object" },
  tools: [{ type: "function", function: { name: "add" } }],
  toolChoice: "auto",
  provider: { only: ["nebius"] },
  reasoning: { effort: "low" },
  includeReasoning: true,
  prefillVia: "completions",
  verifyPrefill: true,
  pinProvider: true,
  extraBody: { verbosity: "low" },
  requireContinuation: true,
  allowUnsupportedPrefill: true,
  apiKey: "sk-test",
  baseUrl: OPENROUTER_BASE_URL,
  server: "openrouter",
  maxRetries: 3,
  timeoutMs: 1000,
  maxElapsedMs: 1000,
  maxTimeoutRetries: 1,
  maxRetryAfterMs: 1000,
  maxAnswerBytes: 1000,
  maxCostUsd: 1,
  allowUnboundedCost: true,
  requestsPerMinute: 60,
  maxConcurrency: 8,
  useCache: false,
  cacheDir: "kept",
  cacheOnly: true,
  durable: true,
  onCacheError: "continue",
  progressBar: false,
  onProgress: () => {},
  logger: console,
  logLevel: "off",
  verbose: true,
  workers: 2,
  transport: { send: () => Promise.reject(new Error("nothing is sent")) },
  fetch,
  sendKeyTo: "127.0.0.1:8080",
  headers: { "X-Title": "thesis" },
};

const CLIENT = { model: "qwen/qwen3-30b-a3b" };
const PROMPT = "What is 5*10?\n<think>\n5*1";

function planWith(name: keyof AllOptions) {
  const options = { ...CLIENT, [name]: VALUES[name] };
  return buildRequest(PROMPT, resolveOptions(options), OPENROUTER_BASE_URL);
}

const PLAIN = buildRequest(PROMPT, resolveOptions(CLIENT), OPENROUTER_BASE_URL);

Deno.test("the option table has every option, and each is accepted", () => {
  assertEquals([...OPTIONS.keys()].sort(), Object.keys(VALUES).sort());
  for (const { name } of OPTIONS.values()) {
    const options = { ...CLIENT, [name]: VALUES[name] };
    assertEquals(resolveOptions(options)[name], VALUES[name]);
  }
});

for (const { name, scope, bodyField: field } of OPTIONS.values()) {
  if (scope !== "sampling") {
    Deno.test(`${name} changes neither the request's body nor the cache key`, () => {
      const plan = planWith(name);
      assertEquals(plan.body, PLAIN.body);
      assertEquals(cacheDirectory(plan), cacheDirectory(PLAIN));
    });
    continue;
  }
  Deno.test(`${name} changes the cache key and is kept with a sample`, () => {
    const plan = planWith(name);
    if (field !== null) assertEquals(plan.body[field], VALUES[name]);
    assertNotEquals(cacheDirectory(plan), cacheDirectory(PLAIN));
    const settings = resolveOptions({ ...CLIENT, [name]: VALUES[name] });
    assertEquals(samplingOptions(settings)[name as "model"], VALUES[name]);
  });
}

Deno.test("options without an API field are sent in other ways", () => {
  const sampling = [...OPTIONS.values()].filter(({ scope, bodyField: field }) =>
    scope === "sampling" && field === null
  );
  assertEquals(sampling.map(({ name }) => name), [
    "prefillVia",
    "verifyPrefill",
    "pinProvider",
    "extraBody",
  ]);
  assert(planWith("prefillVia").url.endsWith("/completions"));
  assertEquals(planWith("verifyPrefill").route, { verified_prefill: true });
  assertEquals(planWith("pinProvider").route, { pin: "first" });
  assertEquals(planWith("extraBody").body.verbosity, "low");
});

Deno.test("samples cached before an option existed are found", () => {
  const parameters = (options: Partial<AllOptions>) =>
    cacheDirectory(
      buildRequest(
        PROMPT,
        resolveOptions(CLIENT, options),
        OPENROUTER_BASE_URL,
      ),
    )[1];
  const pinProvider = true;
  assertEquals(
    parameters({ pinProvider }),
    "t0.7_p0.95_tok4096_x8b89736ac37f4910",
  );
  assertEquals(
    parameters({ pinProvider, verifyPrefill: true }),
    "t0.7_p0.95_tok4096_xb023ecc83855abb3",
  );
  assertEquals(
    parameters({ prefillVia: "completions" }),
    "t0.7_p0.95_tok4096_x416402165239c6da",
  );
});

Deno.test("resolveOptions() throws when extraBody has a field that an option sets or replaces", () => {
  for (const { name, bodyField: field, replaces } of OPTIONS.values()) {
    for (const reserved of [field, replaces ?? null]) {
      if (reserved === null) continue;
      const extraBody = { [reserved]: 1 };
      const error = assertThrows(() => resolveOptions(CLIENT, { extraBody }));
      assert((error as Error).message.includes(`(set ${name})`));
    }
  }
});

Deno.test("--help has a line with range and default for each option that has a flag", () => {
  const lines = optionHelp().split("\n");
  assertEquals(lines.filter((line) => line.length > 100), []);
  const withoutFlag = [...OPTIONS.keys()]
    .filter((name) => !Object.hasOwn(OPTION_FLAGS, name));
  assertEquals(withoutFlag, [
    "signal",
    "apiKey",
    "onProgress",
    "logger",
    "transport",
    "fetch",
    "headers",
  ]);
  for (const name of Object.keys(TRANSPORT_FLAGS)) {
    assert(lines.some((line) => line.includes(`--${toKebabCase(name)} `)));
  }
  for (const name of OPTIONS.keys()) {
    if (!Object.hasOwn(OPTION_FLAGS, name)) continue;
    const flag = new RegExp(`--(\\[no-\\])?${toKebabCase(name)}( |$)`);
    const at = lines.findIndex((line) => flag.test(line));
    assert(at >= 0, name);
    const text = `${lines[at]} ${lines[at + 1]?.trim()}`;
    const { help, default: value } = OPTIONS.get(name)!;
    assert(text.includes(help.slice(0, 20)), name);
    if (value !== undefined && value !== false) {
      assert(text.includes(`default ${value}`), text);
    }
  }
  assert(
    optionHelp({ nSamples: { help: "continuations", default: 100 } })
      .includes("continuations (1 to 10000000; default 100)"),
  );
});

Deno.test("the doc comments of the options state the defaults of the table", () => {
  const source = ["src/sampling_options.ts", "src/options/options.ts"]
    .map((file) => Deno.readTextFileSync(join(ROOT, file))).join("\n");
  const said = [...source.matchAll(/@default \{(.*)\}\n {3}\*\/\n {2}(\w+)\?/g)]
    .map(([, value, name]) => `${name} ${value!.replaceAll("_", "")}`);
  const inTable = [...OPTIONS.values()].filter(hasDefault)
    .map((option) => `${option.name} ${JSON.stringify(option.default)}`);
  assertEquals(said.sort(), inTable.sort());
});

function hasDefault(option: Option): boolean {
  return option.default !== undefined;
}
