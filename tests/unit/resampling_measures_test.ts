import {
  assert,
  assertAlmostEquals,
  assertEquals,
  assertThrows,
} from "@std/assert";
import { accuracy } from "../../src/resampling/accuracy.ts";
import { accuracyDifference } from "../../src/resampling/accuracy_difference.ts";
import { answerDistribution } from "../../src/resampling/answer_distribution.ts";
import { bootstrapInterval } from "../../src/resampling/bootstrap_interval.ts";
import { cosineSimilarity } from "../../src/resampling/cosine_similarity.ts";
import type { Replacement } from "../../src/resampling/counterfactual_importance.ts";
import { counterfactualImportance } from "../../src/resampling/counterfactual_importance.ts";
import { klDivergence } from "../../src/resampling/kl_divergence.ts";
import { resamplingImportance } from "../../src/resampling/resampling_importance.ts";
import expected from "../testdata/kl_divergence.json" with { type: "json" };
import fc from "../support/fast_check.ts";

const counts = fc.array(fc.tuple(fc.constantFrom(..."abcde"), fc.nat(100)), {
  minLength: 1,
}).map((entries) => new Map(entries)).filter((map) =>
  [...map.values()].some((count) => count > 0)
);

Deno.test("answerDistribution() counts answers, and samples without an answer separately", () => {
  assertEquals(answerDistribution(["b", null, "a", "b", "__proto__"]), {
    counts: new Map([["b", 2], ["a", 1], ["__proto__", 1]]),
    shares: new Map([["b", 0.5], ["a", 0.25], ["__proto__", 0.25]]),
    answered: 4,
    unanswered: 1,
  });
  assertEquals(answerDistribution([null]), {
    counts: new Map(),
    shares: new Map(),
    answered: 0,
    unanswered: 1,
  });
});

Deno.test("klDivergence() matches the formula computed by hand", () => {
  const p = new Map([["a", 3]]);
  const q = new Map([["a", 1], ["b", 2]]);
  // alpha 1: p = 4/5, 1/5; q = 2/5, 3/5
  assertAlmostEquals(
    klDivergence(p, q, { alpha: 1 }),
    0.8 * Math.log(2) + 0.2 * Math.log(1 / 3),
    1e-12,
  );
  // = 0.554518 - 0.219722
  assertAlmostEquals(klDivergence(p, q, { alpha: 1 }), 0.334795, 1e-6);
  // alpha 1/2: p = 3.5/4, 0.5/4; q = 1.5/4, 2.5/4; 0.875 · 0.847298 - 0.125 · 1.609438
  assertAlmostEquals(klDivergence(p, q), 0.540206, 1e-6);
  // The other way: 0.375 · -0.847298 + 0.625 · 1.609438
  assertAlmostEquals(klDivergence(q, p), 0.688162, 1e-6);
});

Deno.test("klDivergence() matches the authors' code", () => {
  for (const { p, q, laplace, default: unsmoothed } of expected.cases) {
    const [a, b] = [p, q].map((side) =>
      new Map(
        Object.entries(side as Record<string, number>).filter(([answer]) =>
          answer !== ""
        ),
      )
    );
    if (a!.size === 0 || b!.size === 0) {
      assertEquals(laplace, 0);
      assertThrows(() => klDivergence(a!, b!), RangeError);
      continue;
    }
    assertAlmostEquals(klDivergence(a!, b!, { alpha: 1 }), laplace, 1e-12);
    assertAlmostEquals(klDivergence(a!, b!, { alpha: 1e-9 }), unsmoothed, 1e-9);
  }
});

Deno.test("klDivergence() is finite, never negative, and 0 for equal distributions", () => {
  fc.assert(fc.property(
    counts,
    counts,
    fc.double({ min: 1e-12, max: 100, noNaN: true }),
    (p, q, alpha) => {
      const divergence = klDivergence(p, q, { alpha });
      assert(divergence >= 0 && divergence < Infinity);
      assertEquals(klDivergence(p, new Map(p), { alpha }), 0);
    },
  ));
});

Deno.test("klDivergence() rejects empty distributions, and an alpha that does not smooth", () => {
  const p = new Map([["a", 1]]);
  for (const alpha of [0, -1, NaN, Infinity]) {
    assertThrows(() => klDivergence(p, p, { alpha }), RangeError, `${alpha}`);
  }
  assertThrows(() => klDivergence(p, new Map()), RangeError, "q must have");
  assertThrows(
    () => klDivergence(new Map([["a", -1]]), p),
    RangeError,
    "got -1 for a",
  );
});

Deno.test("resamplingImportance() compares the answers without a sentence to those with it", () => {
  const without = ["a", "b", null, "b", "b"];
  const withIt = ["a", "a", "a", null, "a"];
  // alpha 1/2: without = 1.5/5, 3.5/5; with = 4.5/5, 0.5/5; 0.3 ln(1/3) + 0.7 ln 7
  assertAlmostEquals(
    resamplingImportance(without, withIt)!,
    0.3 * Math.log(1 / 3) + 0.7 * Math.log(7),
    1e-12,
  );
  assertEquals(resamplingImportance(without, without), 0);
  assertEquals(resamplingImportance([], withIt), null);
  assertEquals(resamplingImportance(without, [null]), null);
});

Deno.test("accuracy() and accuracyDifference() leave out samples without an answer", () => {
  assertEquals(accuracy(["a", "b", null, "b", "b"], "a"), 0.25);
  assertEquals(
    accuracyDifference(["a", "b", null, "b", "b"], ["a", null], "a"),
    0.75,
  );
  assertEquals(accuracyDifference(["a"], ["b"], "a"), -1);
  assertEquals(accuracyDifference(["a"], [null], "a"), null);
});

Deno.test("counterfactualImportance() compares different resamples with all others", () => {
  const of = (
    answer: string | null,
    similarity: number | null,
  ): Replacement => ({
    answer,
    similarity,
  });
  const without = [
    ...[of("a", 0.8), of("a", 0.95), of("c", null), of(null, 0.1)],
    ...[of("b", 0.799), of("b", 0), of("b", -0.2), of("a", 0.5), of("b", 0.7)],
  ];
  // alpha 1/2: different a 1, b 4: 1.5/6, 4.5/6; others a 2 + 2, b 1: 4.5/6, 1.5/6
  const value = 0.25 * Math.log(1 / 3) + 0.75 * Math.log(3);
  const withIt = ["a", "b", "a", null];
  assertAlmostEquals(counterfactualImportance(without, withIt)!, value, 1e-12);
  assertEquals(
    counterfactualImportance(without, withIt, { minDifferent: 6 }),
    null,
  );
  assertEquals(counterfactualImportance(without.slice(0, -1), withIt), null);
  // Without other continuations, the similar ones are compared.
  const options = { threshold: 0.75, minDifferent: 4 };
  assert(counterfactualImportance(without, [], options)! > 0);
  assertEquals(counterfactualImportance(without.slice(3), [null]), null);
  assertThrows(
    () => counterfactualImportance(without, withIt, { minDifferent: 0 }),
    RangeError,
    "got 0",
  );
  assertThrows(
    () => counterfactualImportance(without, withIt, { threshold: NaN }),
    RangeError,
  );
});

Deno.test("cosineSimilarity() does not depend on the length of the vectors", () => {
  // (1·2 + 2·0 + 2·1) / (3 · √5)
  assertAlmostEquals(
    cosineSimilarity([1, 2, 2], [2, 0, 1]),
    4 / (3 * Math.sqrt(5)),
    1e-12,
  );
  assertEquals(cosineSimilarity([1, 2], [-1, -2]), -1);
  assertAlmostEquals(
    cosineSimilarity([1e200, 1e200], [1e-200, 0]),
    Math.SQRT1_2,
    1e-12,
  );
  assertEquals(cosineSimilarity([0, 0], [1, 0]), 0);
  const vector = fc.array(fc.double({ noNaN: true, noDefaultInfinity: true }), {
    minLength: 3,
    maxLength: 3,
  });
  fc.assert(fc.property(vector, vector, (a, b) => {
    const cosine = cosineSimilarity(a, b);
    assert(cosine >= -1 && cosine <= 1);
    assertEquals(cosineSimilarity(b, a), cosine);
  }));
});

Deno.test("cosineSimilarity() rejects vectors that cannot be compared", () => {
  assertThrows(() => cosineSimilarity([1], [1, 2]), RangeError, "1 and 2");
  assertThrows(() => cosineSimilarity([], []), RangeError, "0 and 0");
  assertThrows(
    () => cosineSimilarity([1, NaN], [1, 2]),
    RangeError,
    "NaN at 1",
  );
});

Deno.test("bootstrapInterval() returns the same interval around the estimate for the same seed", () => {
  const group = ["a", "b", "a", "a", null, "b"];
  const share = ([drawn]: readonly (readonly (string | null)[])[]) =>
    accuracy(drawn!, "a");
  const estimate = bootstrapInterval([group], share)!;
  assertEquals(bootstrapInterval([group], share), estimate);
  assertEquals(estimate.value, 0.6);
  assert(estimate.low < 0.6 && estimate.high > 0.6);
  const narrow = bootstrapInterval([group], share, { confidence: 0.5 })!;
  assert(narrow.low > estimate.low && narrow.high < estimate.high);
  const other = bootstrapInterval(
    [Array.from({ length: 50 }, (_, i) => i)],
    ([drawn]) => drawn![0]!,
    { seed: 1 },
  );
  const again = bootstrapInterval(
    [Array.from({ length: 50 }, (_, i) => i)],
    ([drawn]) => drawn![0]!,
    { seed: 2 },
  );
  assert(other!.low !== again!.low || other!.high !== again!.high);
});

Deno.test("bootstrapInterval() matches the binomial interval if the statistic is a share", () => {
  const group = Array.from({ length: 400 }, (_, index) => index < 100);
  const share = ([drawn]: readonly (readonly boolean[])[]) =>
    drawn!.filter(Boolean).length / 400;
  const { low, high } = bootstrapInterval([group], share, { resamples: 4000 })!;
  // 0.25 ± 1.96 √(0.25 · 0.75 / 400)
  assertAlmostEquals(low, 0.2076, 0.006);
  assertAlmostEquals(high, 0.2924, 0.006);
});

Deno.test("bootstrapInterval() resamples within each group, and omits draws without a value", () => {
  bootstrapInterval([[1, 2, 3], [4]], ([a, b]) => {
    assertEquals([a!.length, b], [3, [4]]);
    assert(a!.every((value) => value < 4));
    return 0;
  }, { resamples: 20 });
  const answers = ["a", null, null];
  const estimate = bootstrapInterval(
    [answers],
    ([drawn]) => accuracy(drawn!, "a"),
  );
  assertEquals(estimate, { value: 1, low: 1, high: 1 });
  assertEquals(
    bootstrapInterval([[null]], ([drawn]) => accuracy(drawn!, "a")),
    null,
  );
  assertEquals(bootstrapInterval([[]], ([drawn]) => drawn!.length), {
    value: 0,
    low: 0,
    high: 0,
  });
  for (
    const options of [
      { confidence: 1 },
      { confidence: NaN },
      { resamples: 0 },
      { seed: 0.5 },
    ]
  ) {
    assertThrows(() => bootstrapInterval([[1]], () => 0, options), RangeError);
  }
});
