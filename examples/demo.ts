/**
 * A demo of a few seconds: samples with reasoning, the same call again from the cache, a thought
 * that you begin, and a sentence that decides the answer. The model is a tiny language model in
 * this package, which the mock server runs on this machine. With `--live` it is a large one at
 * OpenRouter, with the key in OPENROUTER_API_KEY.
 *
 * @module
 */

import { type Response, type Rollouts, RolloutsClient } from "@rollouts/client";
import { MockOpenRouter } from "@rollouts/client/testing";
import { parseArgs } from "@std/cli/parse-args";
import { walkSync } from "@std/fs/walk";
import { relative } from "@std/path/relative";

const { live } = parseArgs(Deno.args, { boolean: ["live"] });
const mock = live ? null : await MockOpenRouter.start();
// Keep the answers of a tiny model out of .rollouts.
const cacheDir = mock === null
  ? ".rollouts"
  : await Deno.makeTempDir({ prefix: "rollouts-demo-" });
const client = new RolloutsClient({
  model: mock === null ? "qwen/qwen3-30b-a3b" : "rollouts/tiny-sums",
  temperature: 1,
  maxTokens: 1000,
  cacheDir,
  ...(mock === null ? {} : { baseUrl: mock.baseUrl, apiKey: "sk-demo" }),
});

try {
  const prompt = "What is 8*6?";
  const source = mock === null
    ? "a model at OpenRouter"
    : "a language model of 0.5 MB, on this machine";
  title(`8 samples of "${prompt}" from ${source}`);
  const startMs = performance.now();
  const rollouts = await client.generate(prompt, { nSamples: 8 });
  const firstMs = performance.now() - startMs;
  for (const response of rollouts) printSample(response);

  title("The same call again");
  const againMs = performance.now();
  const again = await client.generate(prompt, { nSamples: 8 });
  const secondMs = performance.now() - againMs;
  const cached = again.responses.filter((response) => response.cached);
  console.log(`${cached.length} of ${again.length} from the cache`);
  console.log(
    `${firstMs.toFixed(0)} ms the first time, ${secondMs.toFixed(1)} ms now`,
  );

  const begun = "8*6 = 3";
  title(`You begin the thought with "${begun}", and the model continues it`);
  const prefilled = `${prompt}\n<think>\n${begun}`;
  const continued = await client.generate(prefilled, { nSamples: 3 });
  for (const response of continued) printSample(response, `${begun}▸`);

  const sample = rollouts.responses
    .find((response) => answerOf(response) !== "48") ?? rollouts.responses[0]!;
  const [sentence] = /^.*?\.(?=\s|$)/s.exec(sample.reasoning ?? "") ?? [""];
  title(
    `Does "${oneLine(sentence)}" decide the answer of seed ${sample.seed}?`,
  );
  const before = await client.resample(sample, { at: 0, nSamples: 20 });
  console.log(`20 samples from before it: ${answerCounts(before)}`);
  const options = { at: 0, after: true, nSamples: 20 };
  const after = await client.resample(sample, options);
  console.log(`20 samples from after it:  ${answerCounts(after)}`);

  const files = [...walkSync(cacheDir, { includeDirs: false })];
  title(`Each sample is a file, one of ${files.length} in ${cacheDir}`);
  console.log(shortened(relative(cacheDir, files.at(-1)?.path ?? cacheDir)));
} finally {
  client.close();
  if (mock !== null) {
    await mock.close();
    await Deno.remove(cacheDir, { recursive: true });
  }
}

function title(text: string): void {
  console.log(`\n── ${text}`);
}

function printSample(response: Response, begun = ""): void {
  const { seed, reasoning } = response;
  const thought = oneLine(begun + (reasoning ?? ""));
  console.log(`seed ${seed}  ${thought}  → ${answerOf(response)}`);
}

/** Returns the last number of the content. */
function answerOf({ content }: Response): string {
  return content.match(/\d+/g)?.at(-1) ?? "no answer";
}

/** Counts the answers, the most frequent first: "48 ×15, 36 ×5". */
function answerCounts(rollouts: Rollouts): string {
  const counts = new Map<string, number>();
  for (const response of rollouts) {
    const answer = answerOf(response);
    counts.set(answer, (counts.get(answer) ?? 0) + 1);
  }
  return [...counts].sort(([, a], [, b]) => b - a)
    .map(([answer, count]) => `${answer} ×${count}`).join(", ");
}

function oneLine(text: string): string {
  const line = text.trim().replaceAll(/\s+/g, " ");
  return line.length <= 90 ? line : `${line.slice(0, 90)}…`;
}

/** Shortens the hash in a path to 8 digits. */
function shortened(path: string): string {
  return path.replace(/([0-9a-f]{8})[0-9a-f]{56}/, "$1…");
}
