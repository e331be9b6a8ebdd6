/**
 * Thought anchors: the sentences of a chain of thought that decide its answer. The model continues
 * the reasoning from before and after each sentence. If the answers differ more than by chance, the
 * sentence matters. The report is an HTML page. Run it again to continue where it stopped.
 *
 * @module
 */

import { RolloutsClient } from "@rollouts/client";
import {
  anchorsHtml,
  buildAnchorsReport,
  cosineSimilarity,
} from "@rollouts/client/resampling";

const client = new RolloutsClient({
  // A model of the mock server, whose decisive sentences are known. Use any model that continues a
  // prefill.
  model: "mock/planted-anchors",
  maxTokens: 1000,
});
const { responses: [response] } = await client.generate(
  "I think of a number from 1 to 8. Which? Put the answer into \\boxed{}.",
);

// The plan shows what the samples can cost.
const options = { nSamples: 50 };
const plan = await client.planResampling(response!, options);
console.log(
  `${plan.missing} samples for at most $${plan.maxCostUsd!.toFixed(2)}`,
);

const report = await buildAnchorsReport(
  response!,
  client.resampleAll(response!, options),
  {
    answer: "boxed",
    nSamples: options.nSamples,
    // For counterfactual importance: finds continuations that replace a sentence with something
    // else.
    similarities: async (sentence, replacements) => {
      const [own, ...others] = await client.embed(
        [sentence, ...replacements],
        { model: "openai/text-embedding-3-small" },
      );
      return others.map((other) => cosineSimilarity(own!, other));
    },
  },
);

const ranked = report.sentences
  .filter(({ resampling }) => resampling?.isSignificant)
  .sort((a, b) => a.resampling!.rank - b.resampling!.rank);
console.log(`${ranked.length} of ${report.sentences.length} sentences decide:`);
for (const { index, text, resampling, counterfactual } of ranked) {
  const { value, low, high, adjustedPValue } = resampling!;
  console.log(
    `${value.toFixed(2)} (${low.toFixed(2)} to ${high.toFixed(2)})`,
    `p ${adjustedPValue.toFixed(4)}`,
    `counterfactual ${counterfactual?.value.toFixed(2) ?? "unknown"}`,
    ` ${index}:${text}`,
  );
}

await Deno.writeTextFile("anchors.html", await anchorsHtml(report));
console.log(`anchors.html shows the ${report.usage.samples} samples`);
