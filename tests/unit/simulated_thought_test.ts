import { assert, assertAlmostEquals } from "@std/assert";
import { mean, sampleRankCorrelation } from "npm:simple-statistics@7.12.1";
import { bootstrapInterval } from "../../src/resampling/bootstrap_interval.ts";
import { counterfactualImportance } from "../../src/resampling/counterfactual_importance.ts";
import { resamplingImportance } from "../../src/resampling/resampling_importance.ts";
import { PROPERTY_RUNS } from "../support/fast_check.ts";
import {
  type AnswerShares,
  SimulatedThought,
} from "../support/simulated_thought.ts";

const SAMPLES = 100;
const SEEDS = Array.from({ length: 20 }, (_, seed) => seed);

const TEN: AnswerShares = { 10: 0.9, 20: 0.05, 30: 0.05 };
const TWENTY: AnswerShares = { 10: 0.05, 20: 0.9, 30: 0.05 };
const THIRTY: AnswerShares = { 10: 0.05, 20: 0.05, 30: 0.9 };

const thought = new SimulatedThought(
  [
    { text: "Okay, so thrice.", sameAgain: 0.55, otherwise: THIRTY },
    { text: " Or once?", sameAgain: 0.8, otherwise: TEN },
    { text: " No, add twice.", sameAgain: 0.55, otherwise: TWENTY },
    { text: " Hmm.", sameAgain: 0.7, otherwise: null },
    { text: " Wait, minus 10!", sameAgain: 0.35, otherwise: THIRTY },
  ],
  { 10: 0.92, 20: 0.05, 30: 0.03 },
);
const resampling = thought.resamplingImportances();
const counterfactual = thought.counterfactualImportances();

Deno.test("SimulatedThought computes the importances that follow from its shares", () => {
  // The last cut: 0.35 · (0.92, 0.05, 0.03) + 0.65 · (0.05, 0.05, 0.9)
  const shares = [0.3545, 0.05, 0.5955];
  const divergence = 0.3545 * Math.log(0.3545 / 0.92) +
    0.5955 * Math.log(0.5955 / 0.03);
  assertAlmostEquals(resampling.at(-1)!, divergence, 1e-12);
  assertAlmostEquals(divergence, 1.4414, 1e-4);
  for (
    const [index, share] of Object.values(thought.shares.at(-2)!).entries()
  ) {
    assertAlmostEquals(share, shares[index]!, 1e-12);
  }
  assertAlmostEquals(
    counterfactual.at(-1)!,
    0.05 * Math.log(0.05 / 0.92) + 0.9 * Math.log(30),
    1e-12,
  );
});

Deno.test("resamplingImportance() ranks sentences correctly with 100 samples per cut", () => {
  const correlations = SEEDS.map((seed) => {
    const cuts = thought.shares.map((_, kept) =>
      thought.draw(kept, SAMPLES, seed).map(({ answer }) => answer)
    );
    const found = resampling.map((_, index) =>
      resamplingImportance(cuts[index]!, cuts[index + 1]!)!
    );
    return sampleRankCorrelation(resampling, found);
  });
  // With five sentences, 0.9 means that two neighbors are in the wrong order.
  const lowest = Math.min(...correlations);
  assert(lowest >= 0.9 - 1e-9, `${correlations}`);
});

Deno.test("counterfactualImportance() is close to the known value", () => {
  for (const [index, known] of counterfactual.entries()) {
    const found = SEEDS.map((seed) =>
      counterfactualImportance(
        thought.draw(index, SAMPLES, seed),
        thought.draw(index + 1, SAMPLES, seed).map(({ answer }) => answer),
      )!
    );
    // Smoothing and chance shift it a little: see `klDivergence`.
    assertAlmostEquals(mean(found), known, 0.05 + 0.15 * known, `${index}`);
  }
});

Deno.test("bootstrapInterval() covers a known importance at about the nominal rate", () => {
  const rounds = Math.min(300, PROPERTY_RUNS * 0.3);
  // 2.5 standard errors, and the bias of the bootstrap.
  const slack = 2.5 * Math.sqrt(0.05 * 0.95 / rounds);
  const [least, most] = [0.93 - slack, 0.96 + slack];
  for (const [index, known] of resampling.entries()) {
    if (known === 0) continue;
    let held = 0;
    for (let seed = 0; seed < rounds; seed++) {
      const cuts = [index, index + 1].map((kept) =>
        thought.draw(kept, SAMPLES, seed).map(({ answer }) => answer)
      );
      const { low, high } = bootstrapInterval(
        cuts,
        ([without, withIt]) => resamplingImportance(without!, withIt!),
        { resamples: 300, seed },
      )!;
      if (low <= known && known <= high) held++;
    }
    const share = held / rounds;
    assert(share >= least && share <= most, `${index}: ${share}`);
  }
});
