import { assert, assertEquals } from "@std/assert";
import { processOutput } from "../../src/cli/output/cli_output.ts";
import { printTable } from "../../src/cli/output/print_table.ts";
import {
  type AnchorsReport,
  buildAnchorsReport,
  klDivergence,
  splitSentences,
} from "../../src/resampling/mod.ts";
import { Response } from "../../src/response.ts";
import { Rollouts } from "../../src/rollouts.ts";
import { createRandom } from "../../src/testing/random.ts";
import { countNoun } from "../../src/util/count_noun.ts";
import { responseData } from "../support/response_data.ts";
import { ContinuationTree } from "./continuation_tree.ts";
import { llamaClient, MODEL } from "./llama_client.ts";
import { HAS_LLAMA_CPP, startLlamaServer } from "./start_llama_server.ts";
import { tinyLlama } from "./tiny_llama.ts";

const QUESTION = "What is 5*10?";

/** A thought of the model, which makes a mistake and corrects it. */
const SENTENCES = splitSentences("5*10 = 40. Wait, let me check. 10*5 = 50.");

const TRUTH = "50";
const TOP_P = 0.9;
const SAMPLES = 100;
const REPETITIONS = 200;

/** The lowest coverage of a 95% interval: 2.5 standard errors, and the bias of the bootstrap, below. */
const LEAST_COVERAGE = 0.93 - 2.5 * Math.sqrt(0.95 * 0.05 / REPETITIONS);

const llama = tinyLlama();

/** The continuations of each cut: before each sentence, and after the last. */
const trees = [...SENTENCES, ""].map((_, at) =>
  new ContinuationTree(
    llama,
    `<|im_start|>user\n${QUESTION}<|im_end|>\n<|im_start|>assistant\n<think>\n` +
      SENTENCES.slice(0, at).join(""),
    TOP_P,
  )
);

interface Row {
  readonly name: string;
  readonly exact: number;
  sampled: string;
  coverage: string;
}

const rows = exactRows();

Deno.test.afterAll(async () => {
  console.log(
    `\nImportances and forced answers of ${SAMPLES} samples per cut: from llama.cpp, with 99.9% intervals, and\n` +
      `the coverage of 95% intervals in ${REPETITIONS} repetitions with the model in TypeScript`,
  );
  await printTable(rows, [
    ["", "left", ({ name }) => name],
    ["EXACT", "right", ({ exact }) => exact.toFixed(4)],
    ["SAMPLED", "right", ({ sampled }) => sampled],
    ["COVERAGE", "right", ({ coverage }) => coverage],
  ], processOutput());
});

Deno.test(
  "buildAnchorsReport() finds the exact importances and answers of samples from llama.cpp",
  {
    ignore: !HAS_LLAMA_CPP,
  },
  async () => {
    await using server = await startLlamaServer();
    await using client = llamaClient(server, { topP: TOP_P });
    const response = thoughtOf(MODEL);
    const report = await buildAnchorsReport(
      response,
      client.resampleAll(response, { nSamples: SAMPLES }),
      { answer: "boxed", nSamples: SAMPLES, truth: TRUTH, confidence: 0.999 },
    );
    assertEquals(report.usage.samples, trees.length * SAMPLES);
    for (const [i, { value, low, high }] of estimatesOf(report).entries()) {
      const row = rows[i]!;
      row.sampled = `${value.toFixed(4)} (${low.toFixed(4)} to ${
        high.toFixed(4)
      })`;
      assert(
        low <= row.exact && row.exact <= high,
        `${row.name}: ${row.sampled}`,
      );
    }
  },
);

Deno.test("buildAnchorsReport() returns intervals that cover the exact values as often as they claim", async () => {
  const covered = rows.map(() => 0);
  for (let seed = 0; seed < REPETITIONS; seed++) {
    const random = createRandom(seed);
    const cuts = trees.map((tree, at) => ({
      at,
      kept: "",
      rollouts: rolloutsOf(
        Array.from({ length: SAMPLES }, () => tree.draw(random)),
      ),
    }));
    const report = await buildAnchorsReport(thoughtOf("tiny-sums"), cuts, {
      answer: "boxed",
      nSamples: SAMPLES,
      truth: TRUTH,
    });
    for (const [i, { low, high }] of estimatesOf(report).entries()) {
      const { exact } = rows[i]!;
      if (low <= exact && exact <= high) covered[i]!++;
    }
  }
  for (const [i, row] of rows.entries()) {
    const share = covered[i]! / REPETITIONS;
    row.coverage = `${(share * 100).toFixed(1)}%`;
    assert(share >= LEAST_COVERAGE, `${row.name}: ${row.coverage}`);
  }
});

/** Computes the exact values of the estimates, from the probabilities of all continuations. */
function exactRows(): Row[] {
  const shares = trees.map((tree) => tree.answerShares());
  // An importance adds 0.5 to each count, and so depends on the number of samples.
  const counts = shares.map((shares) =>
    new Map([...shares].map(([answer, share]) => [answer, share * SAMPLES]))
  );
  const row = (name: string, exact: number) => ({
    name,
    exact,
    sampled: "",
    coverage: "",
  });
  return [
    ...SENTENCES.map((sentence, i) =>
      row(
        `importance of ${JSON.stringify(sentence.trim())}`,
        klDivergence(counts[i]!, counts[i + 1]!),
      )
    ),
    ...shares.map((shares, at) =>
      row(
        `answer ${TRUTH} after ${countNoun(at, "sentence")}`,
        shares.get(TRUTH) ?? 0,
      )
    ),
  ];
}

/** Returns the estimates of a report, in the order of the rows. */
function estimatesOf({ sentences, cuts }: AnchorsReport) {
  return [
    ...sentences.map(({ resampling }) => resampling!),
    ...cuts.map(({ accuracy }) => accuracy!),
  ];
}

/** Returns a sample with the thought. */
function thoughtOf(model: string): Response {
  return new Response(
    responseData({
      reasoning: SENTENCES.join(""),
      content: `The answer is \\boxed{${TRUTH}}.`,
    }),
    { cached: false, attempts: 1, quantization: null },
    { prompt: QUESTION, options: { model } },
  );
}

function rolloutsOf(texts: readonly string[]): Rollouts {
  const responses = texts.map((text, seed) => {
    const [reasoning = "", content = ""] = text.split("</think>");
    return new Response(
      responseData({ seed, reasoning, content }),
      { cached: false, attempts: 1, quantization: null },
    );
  });
  return new Rollouts({
    prompt: QUESTION,
    responses,
    numResponses: texts.length,
    errors: new Map(),
    temperature: 1,
    topP: TOP_P,
    maxTokens: null,
    model: "tiny-sums",
    cacheDir: null,
  });
}
