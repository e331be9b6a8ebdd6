import { assert, assertEquals } from "@std/assert";
import {
  type AnchorsReport,
  buildAnchorsReport,
} from "../../src/resampling/mod.ts";
import { MockOpenRouter, PLANTED_QUESTION } from "../../src/testing/mod.ts";
import { mockClient } from "./mock_client.ts";
import { plantedImportances } from "./planted_importances.ts";
import { rankCorrelation } from "./rank_correlation.ts";

const SAMPLES = 100;

/** Checks that the report ranks the sentences of planted chains of thought by what they do to the answer. */
export async function checkPlantedRanking(chains: number): Promise<void> {
  await using mock = await MockOpenRouter.start();
  await using client = mockClient(mock, {
    model: "mock/planted-anchors",
    useCache: false,
  });
  const { responses } = await client.generate(PLANTED_QUESTION, {
    nSamples: chains,
  });
  for (const response of responses) {
    const cuts = client.resampleAll(response, { nSamples: SAMPLES });
    const report = await buildAnchorsReport(response, cuts, {
      answer: "boxed",
      nSamples: SAMPLES,
      // The wordings of a sentence mean different things, and nothing else is alike.
      similarities: (sentence, replacements) =>
        Promise.resolve(
          replacements.map((other) => other === sentence ? 1 : 0),
        ),
    });
    assertEquals(report.usage.samples, 21 * SAMPLES);
    const truth = plantedImportances(response.reasoning!);
    for (const measure of ["resampling", "counterfactual"] as const) {
      const found = rankCorrelation(truth[measure], ranking(report, measure));
      // One sentence that is wrongly found leaves 0.938, one that is missed 0.919, two of either fall below. Of these
      // chains the lowest is 0.990; of 60 whose samples were drawn without a server it was 0.933, with two sentences
      // wrongly found in all and none missed.
      assert(found >= 0.9, `seed ${response.seed}, ${measure}: ${found}`);
    }
    // As they come, the importances of the 15 sentences that do nothing are in an order of their own: 0.76 at best.
    const asTheyCome = report.sentences.map(({ resampling }) =>
      resampling!.value
    );
    assert(rankCorrelation(truth.resampling, asTheyCome) < 0.8);
  }
}

/** How the report ranks sentences by a measure: the more important, the higher. */
function ranking(
  { sentences }: AnchorsReport,
  measure: "resampling" | "counterfactual",
): number[] {
  return sentences.map((sentence) => -sentence[measure]!.rank);
}
