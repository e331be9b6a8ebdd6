import { createRandom } from "../../../src/testing/random.ts";
import { decodeLlamaWeights } from "../../../src/testing/tiny_model/llama_weights.ts";
import file from "../../../src/testing/tiny_model/tiny_sums.json" with {
  type: "json",
};
import { TinyModel } from "../../../src/testing/tiny_model/tiny_model.ts";
import { encodeTokens } from "../../../src/testing/tiny_model/tokenizer.ts";
import type { Bench } from "../bench.ts";
import { comparedRows } from "../compared_rows.ts";
import type { Measurement } from "../contestants/task.ts";
import type { Row } from "../row.ts";

const ALONE = "a new model for each sample";
const SHARED = "one model for all samples";

const PROMPT = encodeTokens(
  "<|im_start|>user\nWhat is 5*10?<|im_end|>\n<|im_start|>assistant\n<think>\n5*10 = 40.",
);

/** The mock server's language model, without the server. */
export async function tinyModel(bench: Bench): Promise<Row[]> {
  const weights = decodeLlamaWeights(file);
  const samples = bench.count(200);
  const shared = new TinyModel(weights);
  let tokens = 0;
  const measure = (modelOf: () => TinyModel) => () => {
    tokens = 0;
    const startMs = performance.now();
    for (let seed = 0; seed < samples; seed++) {
      tokens += PROMPT.length + countGenerated(modelOf(), seed);
    }
    const seconds = (performance.now() - startMs) / 1000;
    const measurement: Measurement = {
      seconds,
      cpuSeconds: seconds,
      peakRssBytes: null,
    };
    return Promise.resolve(measurement);
  };
  const competitors = [
    { name: ALONE, run: measure(() => new TinyModel(weights)) },
    { name: SHARED, run: measure(() => shared) },
  ];
  // The first run compiles.
  for (const { run } of competitors) await run();
  const setting = `${samples} samples of one prompt`;
  const results = await bench.compete(`k: ${setting}`, competitors);
  return comparedRows(results, {
    letter: "k",
    setting,
    unit: "tokens/s",
    reference: ALONE,
    value: ({ seconds }) => tokens / seconds,
  });
}

function countGenerated(model: TinyModel, seed: number): number {
  return model.generate(PROMPT, {
    temperature: 1,
    topK: 0,
    topP: 1,
    minP: 0,
    random: createRandom(seed),
    maxTokens: 200,
    topLogprobs: null,
    isComplete: () => false,
  }).tokens.length;
}
