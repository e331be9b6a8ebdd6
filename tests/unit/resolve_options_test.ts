import { assert, assertEquals, assertThrows } from "@std/assert";
import { join } from "@std/path/join";
import type { AllOptions } from "../../src/options/options.ts";
import { resolveBaseUrl } from "../../src/request/resolve_base_url.ts";
import { overrideEnv } from "../support/program_env.ts";
import { resolveOptions } from "../../src/options/resolve_options.ts";
import { ROOT } from "../support/run_script.ts";

const MODEL = { model: "qwen/qwen3-30b-a3b" };

Deno.test("resolveOptions() fills in the default that each option's doc comment names, and no other", () => {
  const defaults = ["src/sampling_options.ts", "src/options/options.ts"]
    .flatMap((file) => {
      const text = Deno.readTextFileSync(join(ROOT, file));
      return [...text.matchAll(/@default \{(.+)\}\s+\*\/\s+(\w+)\?:/g)];
    });
  assert(defaults.length > 15);
  assertEquals(resolveOptions(MODEL), {
    ...MODEL,
    ...Object.fromEntries(
      defaults.map(([, value, name]) => [
        name,
        JSON.parse(value!.replaceAll("_", "")),
      ]),
    ),
  });
});

Deno.test("resolveOptions() prefers later options unless they are undefined", () => {
  const settings = resolveOptions({ ...MODEL, topK: 5, temperature: 1 }, {
    temperature: 0,
    topK: undefined,
  });
  assertEquals([settings.temperature, settings.topK], [0, 5]);
});

const WRONG: readonly [
  Partial<AllOptions> & Record<string, unknown>,
  typeof RangeError | typeof TypeError,
  string,
][] = [
  [
    { temperature: 3 },
    RangeError,
    "temperature must be a number from 0 to 2, got 3",
  ],
  [{ temperature: NaN }, RangeError, "a number from 0 to 2, got NaN"],
  [
    { topP: 0 },
    RangeError,
    "topP must be a number over 0, up to 1, got 0",
  ],
  [{ maxTokens: 0 }, RangeError, "maxTokens must be an integer of 1 or more"],
  [{ maxTokens: 1.5 }, RangeError, "maxTokens must be an integer of 1 or more"],
  [{ topK: 0 }, RangeError, "topK must be an integer of 1 or more, got 0"],
  [{ presencePenalty: -3 }, RangeError, "from -2 to 2, got -3"],
  [{ frequencyPenalty: 2.1 }, RangeError, "from -2 to 2, got 2.1"],
  [{ repetitionPenalty: 0 }, RangeError, "over 0, up to 2, got 0"],
  [{ minP: 2 }, RangeError, "minP must be a number from 0 to 1, got 2"],
  [{ topA: -1 }, RangeError, "topA must be a number from 0 to 1, got -1"],
  [
    { nSamples: 0 },
    RangeError,
    "nSamples must be an integer from 1 to 10000000",
  ],
  [{ seed: Number.MAX_SAFE_INTEGER, nSamples: 2 }, RangeError, "at most"],
  [
    { timeoutMs: 3e9 },
    RangeError,
    "timeoutMs must be a number over 0, up to",
  ],
  [{ seed: -1 }, RangeError, "seed must be an integer of 0 or more, got -1"],
  [{ requestsPerMinute: 0 }, RangeError, "requestsPerMinute must be a number"],
  [{ stop: ["a", "b", "c", "d", "e"] }, TypeError, "1 to 4 such strings"],
  [{ baseUrl: "ftp://x" }, TypeError, "baseUrl must be an http or https"],
  [{ extraBody: { top_k: 5 } }, TypeError, "without top_k (set topK)"],
  [{ extraBody: { n: 5 } }, TypeError, "without n (set nSamples)"],
  [
    { cacheOnly: true, useCache: false },
    TypeError,
    "cacheOnly: true and useCache: false exclude each other: omit one",
  ],
  [{ onCacheError: "ignore" as "stop" }, TypeError, "stop or continue"],
  [{ verbosity: "high" }, TypeError, "extraBody: { verbosity: … }"],
  [
    { temperature: "0.7" as unknown as number },
    TypeError,
    'a number from 0 to 2, got "0.7"',
  ],
  [{ nSample: 3 }, TypeError, 'did you mean "nSamples"?'],
  [{ n: 3 }, TypeError, 'unknown option "n"; did you mean "nSamples"?'],
  [{ top_k: 3 }, TypeError, 'unknown option "top_k"; did you mean "topK"?'],
  [{ x: 3 }, TypeError, 'unknown option "x". To send'],
  [{ provider: { odrer: [] } }, TypeError, 'with "order" for "odrer", got'],
  [{ ["__proto__"]: 1 }, TypeError, 'unknown option "__proto__"'],
];

for (const [options, errorClass, message] of WRONG) {
  Deno.test(`resolveOptions() throws when ${Object.keys(options)} is ${JSON.stringify(Object.values(options))}`, () => {
    assertThrows(() => resolveOptions(MODEL, options), errorClass, message);
  });
}

Deno.test("resolveOptions() throws for a value that is not an object, and shows the value", () => {
  for (const wrong of [null, undefined, "qwen/qwq-32b", []]) {
    assertThrows(
      () => resolveOptions(wrong as unknown as Partial<AllOptions>),
      TypeError,
      "options must be an object",
    );
  }
});

Deno.test("resolveOptions() throws when the model is missing, and never shows a key", () => {
  assertThrows(() => resolveOptions({}), TypeError, "model is required");
  const error = assertThrows(
    () => resolveOptions(MODEL, { apiKey: "sk-secret\n" }),
    TypeError,
    "apiKey must be",
  );
  assertEquals(error.message.includes("secret"), false);
});

for (
  const [baseUrl, problem] of [
    [
      "https://user:sk-secret@example.com/v1",
      "without a user name or password",
    ],
    ["https://example.com/v1?key=sk-secret", "without a query"],
    ["https://example.com/v1#top", "without a fragment"],
    [
      "https://openrouter.ai/api/v1/chat/completions",
      "without /chat/completions, which the client adds",
    ],
    ["https://example.com/v1/completions/", "without /completions/"],
    ["https://example.com/v1 ", "without spaces"],
    ["openrouter.ai/api/v1", "an http or https address"],
  ] as const
) {
  Deno.test(`a base URL has to be an address ${problem}: ${baseUrl}`, () => {
    using _ = overrideEnv({ OPENROUTER_BASE_URL: baseUrl });
    for (
      const resolve of [
        () => resolveOptions(MODEL, { baseUrl }),
        () => resolveBaseUrl(baseUrl),
        () => resolveBaseUrl(undefined),
      ]
    ) {
      const { message } = assertThrows(resolve, TypeError, problem);
      assert(!message.includes("sk-secret"), message);
    }
  });
}
