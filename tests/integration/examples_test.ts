import {
  assert,
  assertEquals,
  assertMatch,
  assertObjectMatch,
  assertStringIncludes,
} from "@std/assert";
import { walkSync } from "@std/fs/walk";
import { join } from "@std/path/join";
import { MockOpenRouter, type MockOptions } from "../../src/testing/mod.ts";
import type { Parsed } from "../support/ask_mock.ts";
import { runExample } from "../support/run_example.ts";
import { ROOT } from "../support/run_script.ts";
import { TempDir } from "../support/temp_dir.ts";

/** The result of an example. */
interface Run {
  readonly stdout: string;
  readonly mock: MockOpenRouter;
  readonly cwd: string;
}

/** How an example is run, and a check of its output. */
interface Example {
  readonly mock?: MockOptions;
  readonly check: (run: Run) => void;
}

const EXAMPLES: Readonly<Record<string, Example>> = {
  "aborting.ts": {
    check: ({ stdout, mock, cwd }) => {
      const [, kept, bought] =
        /^ended: five are enough\n(\d+) of 100 .*\n(\d+) more make 10$/m
          .exec(stdout)!.map(Number);
      assert(kept! >= 5 && kept! < 10, stdout);
      assertEquals(kept! + bought!, 10);
      assert(mock.seeds.size < 20, "most seeds were never asked for");
      assertEquals(files(cwd).length, 10);
    },
  },
  "advanced_parameters.ts": {
    check: ({ stdout, mock }) => {
      const penalties = { presence_penalty: 0.5, frequency_penalty: -0.5 };
      const sent: Parsed[] = [
        { top_k: 20, ...penalties },
        { min_p: 0.05, top_a: 0.8, repetition_penalty: 1.1 },
        { stop: ["."], logit_bias: { 198: -100 } },
        { response_format: { type: "json_object" } },
        { verbosity: "low" },
      ];
      bodies(mock).forEach((body, i) => assertObjectMatch(body, sent[i]));
      const places = [...stdout.matchAll(/^stored in (.+)$/gm)]
        .map(([, path]) => path);
      assertEquals(new Set(places).size, 5);
      assertStringIncludes(places[0]!, "t0.9_p0.95_tok60_tk20_pp0.5_fp-0.5");
    },
  },
  "caching.ts": {
    check: ({ stdout, mock, cwd }) => {
      assertMatch(
        stdout,
        /^cold: 0 of 3 .*\nwarm: 3 of 3 .*\nwider: 3 of 5 .*\nthe same texts: true\n.*temperature \(cached 0\.7, requested 1\)\nseed 9: CacheMissError\n$/,
      );
      assertEquals(askedSeeds(mock), [0, 1, 2, 3, 4]);
      assertEquals(files(join(cwd, "my_cache")).length, 5);
    },
  },
  "conversation.ts": {
    check: ({ stdout, mock }) => {
      const [first, second, third] = bodies(mock).map(({ messages }) =>
        messages
      );
      assertEquals(
        third.map(({ role }: Parsed) => role).join(),
        "system,user,assistant,user,assistant,user",
      );
      assertEquals(second.slice(0, first.length), first);
      assertEquals(third.slice(0, second.length), second);
      assertStringIncludes(stdout, `assistant: ${third[4].content}\n`);
      assert(third[4].content.length > 0);
    },
  },
  "demo.ts": {
    check: ({ stdout, mock }) => {
      const [samples, again, prefill, sentence] = stdout.split("── ")
        .slice(1)
        .map((part) => part.split("\n").slice(1, -2));
      const thoughts = samples!.map((line) => line.replace(/^seed \d/, ""));
      assertEquals(thoughts.length, 8);
      assert(new Set(thoughts).size > 4, "the seeds differ");
      assertEquals(thoughts[2], "  So, 8*6 = 36. Done.  → 36");
      assertEquals(again![0], "8 of 8 from the cache");
      assertEquals(prefill!.length, 3);
      for (const line of prefill!) {
        assertMatch(line, /^seed \d {2}8\*6 = 3▸6\..* → 36$/);
      }
      assertMatch(stdout, /^── Does "So, 8\*6 = 36\." decide .* seed 2\?$/m);
      assertMatch(sentence![0]!, /^20 samples from before it: 48 ×1\d/);
      assertMatch(
        sentence![1]!,
        /^20 samples from after it: {2}36 ×(?:1\d|20)/,
      );
      assertEquals(mock.requests, [], "it has a mock of its own");
    },
  },
  "low_level_openrouter.ts": {
    check: ({ stdout, mock, cwd }) => {
      assertMatch(stdout, /^5\*1▸0[^]*<\/think>/);
      assertMatch(stdout, /^id,.*choices,.*usage$/m);
      assertMatch(
        stdout,
        /["']NotFoundError["'], status: 404, retryable: false/,
      );
      assertEquals(mock.requests.map(({ seed }) => seed), [7, 0]);
      assertEquals(files(cwd), []);
    },
  },
  "many_prompts.ts": {
    mock: { latencyMs: 50 },
    check: ({ stdout, mock }) => {
      const prompts = Array.from(
        { length: 8 },
        (_, i) => `What is 12*${i + 1}?`,
      );
      assertEquals(
        stdout.split("\n").map((line) => line.split(/(?<=[?.]) /)[0]),
        [
          ...prompts,
          "Name a color.",
          "30 samples in all",
          "",
        ],
      );
      assertEquals(mock.answered, 30);
      assert(mock.maxInFlight > 6, "no prompt waits for the one before it");
      const hot = bodies(mock).filter(({ temperature }) => temperature === 1.5);
      assertEquals(hot.length, 6);
    },
  },
  "non_reasoning_model.ts": {
    check: ({ stdout }) => {
      const shown = /^\{ reasoning: null, isFullTheContent: true \}$/gm;
      assertEquals(stdout.match(shown)?.length, 3);
    },
  },
  "overrides.ts": {
    check: ({ stdout, mock }) => {
      const sent = bodies(mock).map((body) =>
        ["model", "temperature", "max_tokens", "seed"].map((name) => body[name])
      );
      const llama = "meta-llama/llama-3.1-8b-instruct";
      assertEquals(sent.sort((a, b) => a[3] - b[3]), [
        [llama, 0.7, 40, 0],
        [llama, 1.5, 80, 0],
        ["qwen/qwen3-30b-a3b", 0.7, 200, 0],
        [llama, 0.7, 40, 42],
        [llama, 0.7, 40, 43],
      ]);
      const own = stdout.split(/^── .*/m).map((part) => part.trim());
      assertEquals(own.at(-1), own[1]);
    },
  },
  "per_call_key.ts": {
    mock: { apiKeys: ["sk-test", "sk-team"] },
    check: ({ stdout, mock }) => {
      assertEquals(
        stdout,
        "my key paid for 2 of 2 samples\nthe team's key paid for 3 of 5 samples\n",
      );
      assertEquals(askedSeeds(mock), [0, 1, 2, 3, 4]);
    },
  },
  "progress.ts": {
    check: ({ stdout, mock }) => {
      const done = [
        ...stdout.matchAll(/^(\d+)\/10 done \(4 cached, 0 failed\)/gm),
      ]
        .map(([, count]) => Number(count));
      assertEquals(done, [4, 5, 6, 7, 8, 9, 10]);
      assertMatch(stdout, /^4 jokes\n/);
      assertMatch(stdout, /\$0\.0000000 in[^]*\$0\.00000[1-9]/);
      assertEquals(mock.answered, 10);
    },
  },
  "provider_routing.ts": {
    check: ({ stdout, mock }) => {
      assertEquals(
        stdout.split("\n").map((line) => line.split("→ ").at(-1)),
        [
          "Novita",
          "DeepInfra",
          "Novita",
          `${
            new URL(mock.baseUrl).host
          } answered 404: No allowed providers are available for the selected model.`,
          "",
        ],
      );
      assertEquals(bodies(mock).map(({ provider }) => provider), [
        { order: ["novita", "deepinfra"] },
        { only: ["deepinfra"] },
        { ignore: ["deepinfra"], data_collection: "deny" },
        { order: ["no-such-provider"], allow_fallbacks: false },
      ]);
    },
  },
  "quick_start.ts": {
    check: ({ stdout, mock }) => {
      assertEquals(askedSeeds(mock), [0, 1, 2, 3, 4]);
      assertEquals(stdout.match(/reasoning:\s+["'`]/g)?.length, 5);
      assertMatch(
        stdout,
        /^5 of 5 samples\n\d+ tokens\n\$0\.000[1-9]\d*\n\{ stop: 5 \}\n$/m,
      );
    },
  },
  "rate_limiting.ts": {
    check: ({ stdout, mock }) => {
      const [, seconds] =
        /^10 \+ 10 samples in (\d+\.\d) s\none more would have to wait: TimeoutError\n$/
          .exec(stdout)!;
      // 19 waits of 51 ms.
      assert(Number(seconds) > 0.9, stdout);
      assertEquals(mock.requests.length, 20);
    },
  },
  "reasoning_configuration.ts": {
    check: ({ stdout, mock }) => {
      assertEquals(bodies(mock).map(({ reasoning }) => reasoning), [
        { effort: "low" },
        { max_tokens: 200 },
        { exclude: true },
        { enabled: false },
      ]);
      assertMatch(
        stdout,
        /^little effort: [1-9]\d* reasoning tokens, [1-9]\d* char.*\n.*\nhidden: [1-9]\d* reasoning tokens, 0 char.*\nnone: 0 reasoning tokens, 0 char/,
      );
    },
  },
  "thinking_injection.ts": {
    check: ({ stdout, mock }) => {
      const lines = stdout.trimEnd().split("\n");
      assertEquals(lines.length, 6);
      for (const line of lines.slice(0, 3)) assertMatch(line, /5\*1▸0/);
      const sentence = /^seed 0: (.+\.)▸/m.exec(stdout)?.[1];
      assertEquals(
        bodies(mock).map(({ messages }) => messages[1]?.content),
        [
          ...Array(3).fill("<think>\n5*1"),
          undefined,
          ...Array(3).fill(`<think>\n${sentence}`),
        ],
      );
      assertEquals(new Set(lines.slice(3)).size, 3);
    },
  },
  "thought_anchors.ts": {
    mock: { latencyMs: 0 },
    check: ({ stdout, mock, cwd }) => {
      const lines = stdout.trimEnd().split("\n");
      assertMatch(lines[0]!, /^1050 samples for at most \$\d\.\d\d$/);
      assertEquals(lines[1], "5 of 20 sentences decide:");
      const found = lines.slice(2, -1).map((line) => {
        assertMatch(
          line,
          /^\d\.\d\d \(\d\.\d\d to \d\.\d\d\) p 0\.0\d{3} counterfactual \d\.\d\d {2}\d+: \S/,
        );
        return Number(/ (\d+):/.exec(line)![1]);
      });
      assertEquals(found.toSorted((a, b) => a - b), [2, 5, 8, 14, 17]);
      assertEquals(lines.at(-1), "anchors.html shows the 1050 samples");
      assert(files(cwd).includes(join(cwd, "anchors.html")));
      assertEquals(mock.started, 1051);
    },
  },
};

const names = [...Deno.readDirSync(join(ROOT, "examples"))]
  .map(({ name }) => name)
  // notebook_test.ts runs its cells.
  .filter((name) => name !== "notebook.ipynb").sort();

Deno.test("examples/ has exactly the files that are checked here", () => {
  assertEquals(names, Object.keys(EXAMPLES).sort());
});

for (const name of names) {
  Deno.test(`examples/${name} prints the expected output`, async () => {
    const { mock: options, check } = EXAMPLES[name]!;
    await using mock = await MockOpenRouter.start({ latencyMs: 5, ...options });
    await using dir = new TempDir();
    const { code, stdout, stderr } = await runExample(name, mock, dir);
    assertEquals([code, stderr], [0, ""]);
    check({ stdout, mock, cwd: dir.path });
  });
}

function bodies(mock: MockOpenRouter): Parsed[] {
  return mock.requests.map(({ body }) => body);
}

/** Returns the requested seeds, each of them once. */
function askedSeeds(mock: MockOpenRouter): number[] {
  return mock.requests.map(({ seed }) => seed!).sort((a, b) => a - b);
}

function files(directory: string): string[] {
  return [...walkSync(directory, { includeDirs: false })].map(({ path }) =>
    path
  );
}
