import { assert, assertEquals } from "@std/assert";
import { printTable } from "../../src/cli/output/print_table.ts";
import { processOutput } from "../../src/cli/output/cli_output.ts";
import { extractAnswer } from "../../src/resampling/extract_answer.ts";
import type { ProbedEndpoint, Rollouts } from "../../mod.ts";
import { runCli } from "../support/run_cli.ts";
import { TempDir } from "../support/temp_dir.ts";
import { llamaClient, MODEL } from "./llama_client.ts";
import {
  HAS_LLAMA_CPP,
  type LlamaServer,
  startLlamaServer,
} from "./start_llama_server.ts";
import { tinyLlama } from "./tiny_llama.ts";
import { type AnswerShares, ContinuationTree } from "./continuation_tree.ts";

/**
 * These tests sample a language model that llama.cpp runs. Run `deno task real`.
 */
const ignore = !HAS_LLAMA_CPP;

/** With all tokens, a tree has too many branches. */
const TOP_P = 0.9;

const QUESTION = "What is 5*10?";

const llama = tinyLlama();
let server: LlamaServer;
const rows: Row[] = [];

interface Row {
  readonly prefill: string;
  readonly answer: string;
  readonly exact: number;
  readonly sampled: number;
  readonly samples: number;
}

Deno.test.beforeAll(async () => {
  if (ignore) {
    console.log("llama.cpp is only tested on Linux with an x64 processor");
  } else server = await startLlamaServer();
});

Deno.test.afterAll(async () => {
  if (ignore) return;
  await server[Symbol.asyncDispose]();
  await printTable(rows, [
    ["PREFILL", "left", ({ prefill }) => prefill],
    ["ANSWER", "right", ({ answer }) => answer],
    ["EXACT", "right", ({ exact }) => exact.toFixed(4)],
    ["SAMPLED", "right", ({ sampled }) => sampled.toFixed(4)],
    ["OF", "right", ({ samples }) => `${samples}`],
  ], processOutput());
});

for (const prefillVia of ["chat", "completions"] as const) {
  Deno.test(`llama.cpp continues a prefill via ${prefillVia}`, {
    ignore,
  }, async () => {
    await using client = llamaClient(server, { topP: TOP_P, prefillVia });
    const rollouts = await client.generate(`${QUESTION}\n<think>\n5*1`, {
      nSamples: 20,
      verifyPrefill: false,
    });
    assertEquals(rollouts.length, 20);
    for (const { reasoning, content, prefill } of rollouts) {
      assertEquals([reasoning?.slice(0, 7), prefill], ["0 = 50.", "continued"]);
      assertEquals(extractAnswer(content, "boxed"), "50");
    }
  });
}

Deno.test(
  "llama.cpp answers as often as the exact probabilities say, also after a planted thought",
  {
    ignore,
  },
  async () => {
    await using client = llamaClient(server, { topP: TOP_P });
    const thoughts = [
      "",
      "5*10 = 40.",
      "5*10 = 40. Done.",
      "5*10 = 40. Wait, let me check.",
    ];
    for (const thought of thoughts) {
      const prefill = `<think>\n${thought}`;
      const exact = new ContinuationTree(
        llama,
        `<|im_start|>user\n${QUESTION}<|im_end|>\n<|im_start|>assistant\n${prefill}`,
        TOP_P,
      ).answerShares();
      const rollouts = await client.generate(`${QUESTION}\n${prefill}`, {
        nSamples: 100,
      });
      checkShares(exact, rollouts, thought);
    }
    const shareOf = (thought: string, answer: string) =>
      rows.find((row) => row.prefill === thought && row.answer === answer)!
        .sampled;
    assert(shareOf("", "50") > 0.9);
    assert(shareOf("5*10 = 40. Done.", "40") > 0.9);
  },
);

/** Checks that the samples' answers are as frequent as expected, within 4 standard errors. */
function checkShares(
  exact: AnswerShares,
  { responses }: Rollouts,
  prefill: string,
): void {
  const samples = responses.length;
  for (const [answer, share] of exact) {
    const hits = responses
      .filter(({ content }) => extractAnswer(content, "boxed") === answer);
    const sampled = hits.length / samples;
    rows.push({ prefill, answer, exact: share, sampled, samples });
    const error = Math.sqrt(share * (1 - share) / samples);
    assert(
      Math.abs(sampled - share) <= 4 * error + 1 / samples,
      `${prefill}: ${answer} in ${sampled}, expected ${share}`,
    );
  }
}

Deno.test(
  "llama.cpp repeats the text of a seed, and other seeds have other texts",
  {
    ignore,
  },
  async () => {
    await using client = llamaClient(server);
    const options = { nSamples: 12 };
    const first = await client.generate(QUESTION, options);
    const again = await client.generate(QUESTION, options);
    assertEquals(again.getTexts(), first.getTexts());
    assert(new Set(first.getTexts()).size > 6);
  },
);

Deno.test(
  "rollouts probe finds that llama.cpp continues prefills, although the model is weak",
  {
    ignore,
  },
  async () => {
    await using dir = new TempDir();
    const { code, stdout, stderr } = await runCli([
      ...["probe", MODEL, "--base-url", server.baseUrl],
      ...["--cache-dir", dir.path, "--json"],
    ]);
    assertEquals(code, 0, stderr);
    const { endpoints, flags } = JSON.parse(stdout);
    assertEquals(flags, ["--prefill-via chat", "--prefill-via completions"]);
    assertEquals(
      endpoints.map(({ probe, reasoningContinuationRate }: ProbedEndpoint) => [
        probe,
        reasoningContinuationRate,
      ]),
      [["digit", 1], ["digit", 1]],
    );
  },
);
