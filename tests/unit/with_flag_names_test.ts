import { assertEquals } from "@std/assert";
import { withFlagNames } from "../../src/cli/flags/with_flag_names.ts";

const MESSAGES: [string, string][] = [
  ["maxTokens must be 1, got 0", "--max-tokens must be 1, got 0"],
  [
    "render the prompt yourself, and set raw: true",
    "render the prompt yourself, and set --raw",
  ],
  ["model is required", "--model is required"],
  [
    "no API key: set OPENROUTER_API_KEY or pass apiKey",
    "no API key: set OPENROUTER_API_KEY",
  ],
  ['pass sendKeyTo: "127.0.0.1"', "pass --send-key"],
  [
    "cacheOnly: true and useCache: false exclude each other: omit one",
    "--cache-only and --no-use-cache exclude each other: omit one",
  ],
  ['set prefillVia: "auto"', "set --prefill-via auto"],
  [
    "set provider, or pinProvider: true, to use one",
    "set --provider, or --pin-provider, to use one",
  ],
  [
    "extraBody must be without seed (set seed)",
    "--extra-body must be without seed (set --seed)",
  ],
  ["which the option provider excludes", "which --provider excludes"],
];

for (const [message, expected] of MESSAGES) {
  Deno.test(`withFlagNames() replaces option names with flags in "${message}"`, () => {
    assertEquals(withFlagNames(message), expected);
  });
}

Deno.test("withFlagNames() keeps words, API fields, and quoted texts that contain an option's name", () => {
  for (
    const message of [
      "OpenRouter answered 400: the model must stop; provider X",
      'seed 3: request to x: {"max_tokens":5,"maxTokens":5}',
      "set.jsonl:3: my.maxTokens, x-maxTokens and maxTokensPerDay",
    ]
  ) assertEquals(withFlagNames(message), message);
});
