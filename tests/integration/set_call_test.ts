import { assertEquals } from "@std/assert";
import { join } from "@std/path/join";
import {
  type CachedSample,
  CacheReader,
  type GenerateOptions,
  type Prompt,
} from "../../mod.ts";
import { MockOpenRouter } from "../../src/testing/mod.ts";
import { setCall } from "../../src/viewer/set_call.ts";
import {
  callCommand,
  callTypeScript,
  repeatedCall,
} from "../../web/viewer/set/call_text.ts";
import { openView } from "../support/cache_view.ts";
import { mockClient } from "../support/mock_client.ts";
import { runCli } from "../support/run_cli.ts";
import { TempDir } from "../support/temp_dir.ts";
import { callProgram } from "../support/view/call_program.ts";

const THOUGHT = "What is 5*10?\n<think>\n5*1";

/** Prompts and options that are sent in different ways. */
const CALLS: readonly (readonly [Prompt, GenerateOptions])[] = [
  ['It\'s "5 × 10"?\n-- $HOME `x`', { seed: 3 }],
  ["-5", { temperature: null, topP: null, maxCompletionTokens: 9 }],
  [[{ role: "user", content: "It's\nEND" }], { stop: ["[", "\n"], topK: 5 }],
  ["\u001b[201~rm \u202e", { stop: "[x]", extraBody: { own_field: "'" } }],
  [THOUGHT, { reasoning: { effort: "high" }, presencePenalty: -1 }],
  [THOUGHT, { prefillVia: "completions", verifyPrefill: false }],
  [THOUGHT, { pinProvider: true, provider: { only: ["deepinfra"] } }],
  ["What is 5*10?", { seed: null, includeReasoning: true }],
];

Deno.test("a copied call finds all samples in the cache, as a program and as a command", async () => {
  await using mock = await MockOpenRouter.start();
  for (const [prompt, options] of CALLS) {
    await using dir = new TempDir();
    const cacheDir = join(dir.path, "it's");
    await using client = mockClient(mock, { cacheDir, logLevel: "off" });
    const { errors } = await client.generate(prompt, {
      ...options,
      nSamples: 2,
    });
    assertEquals([...errors], []);
    const { view } = await openView(cacheDir);
    await using _ = view;
    const { changed: [set] } = await view.sets(0);
    const call = repeatedCall(await view.samples(set!.id), [cacheDir])!;
    const started = mock.started;
    const rollouts = await callProgram(callTypeScript(call));
    assertEquals(rollouts.responses.map(({ cached }) => cached), [true, true]);
    assertEquals(await commandLines(callCommand(call)), 2);
    assertEquals(mock.started, started, JSON.stringify(options));
  }
});

Deno.test("a copied call finds the samples of all cache directories", async () => {
  await using mock = await MockOpenRouter.start();
  await using dir = new TempDir();
  const dirs = [join(dir.path, "own"), join(dir.path, "shared, by all")];
  await using client = mockClient(mock, { cacheDir: dirs[1] });
  await client.generate("What is 5*10?", { nSamples: 2 });
  const { view } = await openView(dirs);
  await using _ = view;
  const { changed: [set] } = await view.sets(0);
  const call = repeatedCall(await view.samples(set!.id), dirs)!;
  const { responses } = await callProgram(callTypeScript(call));
  assertEquals(responses.map(({ cached }) => cached), [true, true]);
  assertEquals(await commandLines(callCommand(call)), 2);
});

Deno.test("setCall() returns no call whose samples would be stored elsewhere", async () => {
  await using mock = await MockOpenRouter.start();
  await using dir = new TempDir();
  await using client = mockClient(mock, { cacheDir: dir.path });
  await client.generate("What is 5*10?");
  const cache = new CacheReader(dir.path);
  const [prompt] = cache.prompts();
  const [{ entry }] = [...cache.samples(prompt!)] as [CachedSample];
  assertEquals(setCall(entry!)?.topP, 0.95);
  // As if an older template had rendered the prompt.
  assertEquals(setCall({ ...entry!, route: { template: "chatml@0" } }), null);
});

/** Runs a command in bash with `rollouts` replaced, and returns how many samples the real one prints. */
async function commandLines(command: string): Promise<number> {
  const script =
    `rollouts() { printf '%s\\0' "$@"; printf '\\1'; [ "$1" = generate ] || cat; }\n${command}`;
  const { stdout } = await new Deno.Command("bash", { args: ["-c", script] })
    .output();
  const [words = "", input = ""] = new TextDecoder().decode(stdout)
    .split("\u0001");
  const args = words.split("\0").slice(0, -1);
  const [name, ...rest] = args;
  await using dir = new TempDir();
  const file = join(dir.path, "in.jsonl");
  await Deno.writeTextFile(file, input);
  const result = await runCli(
    name === "generate"
      ? [name, "--json", "--cache-only", ...rest]
      : [name!, file, "--cache-only", ...rest.filter((arg) => arg !== "-")],
    { OPENROUTER_API_KEY: "" },
  );
  assertEquals(result.code, 0, result.stderr);
  return result.stdout.trim().split("\n").length;
}
