import { assertAlmostEquals, assertEquals } from "@std/assert";
import { MockOpenRouter, PLANTED_QUESTION } from "../../src/testing/mod.ts";
import { mockClient } from "../support/mock_client.ts";
import { checkPlantedRanking } from "../support/planted_ranking.ts";
import { plantedImportances } from "../support/planted_importances.ts";
import { rankCorrelation } from "../support/rank_correlation.ts";

const CHAINS = 3;

Deno.test("rankCorrelation() matches Spearman's computed by hand, with mean ranks for ties", () => {
  assertEquals(rankCorrelation([1, 2, 3], [10, 20, 40]), 1);
  assertEquals(rankCorrelation([1, 2, 3], [3, 2, 1]), -1);
  // Ranks 1.5, 1.5, 3, 4 and 1, 2, 3, 4: 4.5 / √(4.5 · 5)
  assertAlmostEquals(
    rankCorrelation([0, 0, 5, 9], [1, 2, 3, 4]),
    Math.sqrt(0.9),
    1e-12,
  );
});

Deno.test("the planted importances match those computed by hand, for any wording", async () => {
  await using mock = await MockOpenRouter.start();
  await using client = mockClient(mock, { model: "mock/planted-anchors" });
  const { responses } = await client.generate(PLANTED_QUESTION, {
    nSamples: CHAINS,
  });
  const thoughts = responses.map(({ reasoning }) => reasoning!);
  assertEquals(new Set(thoughts).size, CHAINS);
  // The answers left before and after each decisive sentence, and the probability of each answer by
  // a slip.
  const steps = [[2, 8, 6], [5, 6, 4], [8, 4, 3], [14, 3, 2], [17, 2, 1]];
  const slip = 0.04 / 8;
  for (const thought of thoughts) {
    const { resampling, counterfactual } = plantedImportances(thought);
    assertEquals(resampling.filter((value) => value === 0).length, 15);
    assertEquals(counterfactual.filter((value) => value === 0).length, 15);
    for (const [at, before, behind] of steps as [number, number, number][]) {
      const p = slip + 0.96 / before;
      const q = slip + 0.96 / behind;
      const value = behind * p * Math.log(p / q) +
        (before - behind) * p * Math.log(p / slip);
      assertAlmostEquals(resampling[at]!, value, 1e-9, `${at}`);
    }
  }
  // Well above 0, and apart: 0.60, 0.89, 0.75, 1.10 and 1.88.
});

Deno.test("the report ranks a planted chain of thought correctly with 100 samples per cut", () =>
  checkPlantedRanking(1));
