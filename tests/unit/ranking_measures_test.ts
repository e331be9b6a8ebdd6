import {
  assert,
  assertAlmostEquals,
  assertEquals,
  assertThrows,
} from "@std/assert";
import { adjustedPValues } from "../../src/resampling/adjusted_p_values.ts";
import { answerDistribution } from "../../src/resampling/answer_distribution.ts";
import { klDivergence } from "../../src/resampling/kl_divergence.ts";
import { permutationPValue } from "../../src/resampling/permutation_p_value.ts";
import { rankSentences } from "../../src/resampling/rank_sentences.ts";
import { createRandom, pick } from "../../src/testing/random.ts";
import fc from "../support/fast_check.ts";

/** Returns the counts of the answers a, b, …. */
function counts(...numbers: number[]): ReadonlyMap<string, number> {
  return new Map(numbers.map((count, i) => ["abcdef"[i]!, count]));
}

/** The share of all relabelings whose divergence is at least as high. */
function exactPValue(
  p: ReadonlyMap<string, number>,
  q: ReadonlyMap<string, number>,
  alpha: number,
): number {
  const samples = [...p, ...q].flatMap(([answer, count]) =>
    new Array<string>(count).fill(answer)
  );
  const size = [...p.values()].reduce((sum, count) => sum + count);
  const found = klDivergence(p, q, { alpha });
  let all = 0;
  let atLeast = 0;
  for (let way = 0; way < 2 ** samples.length; way++) {
    const dealt = samples.filter((_, i) => way >> i & 1);
    if (dealt.length !== size) continue;
    const others = samples.filter((_, i) => !(way >> i & 1));
    const [a, b] = [dealt, others].map((side) =>
      answerDistribution(side).counts
    );
    all++;
    if (klDivergence(a!, b!, { alpha }) >= found - 1e-9) atLeast++;
  }
  return atLeast / all;
}

Deno.test("permutationPValue() approximates the share of all relabelings", () => {
  // Two of the 20 relabelings of aaabbb separate the groups like this.
  assertEquals(exactPValue(counts(3), counts(0, 3), 0.5), 0.1);
  const permutations = 99_999;
  for (
    const [p, q, alpha] of [
      [counts(3), counts(0, 3), 0.5],
      [counts(3, 1), counts(1, 4), 0.5],
      [counts(5, 1, 1), counts(1, 2, 4), 0.5],
      [counts(2, 5), counts(6, 1), 1e-9],
      [counts(4, 3, 0, 1), counts(0, 1, 3, 4), 1],
      [counts(1), counts(2, 9), 0.5],
    ] as const
  ) {
    const exact = exactPValue(p, q, alpha);
    const found = permutationPValue(p, q, { alpha, permutations });
    const sd = Math.sqrt(exact * (1 - exact) / permutations);
    assertAlmostEquals(found, exact, 4 * sd + 1 / permutations, `${[...p]}`);
  }
});

Deno.test("permutationPValue() is (b + 1)/(m + 1): never 0, 1 for equal groups, deterministic", () => {
  const apart = [counts(100), counts(0, 100)] as const;
  assertEquals(permutationPValue(...apart, { permutations: 1 }), 0.5);
  assertEquals(permutationPValue(...apart, { permutations: 99 }), 0.01);
  assertEquals(permutationPValue(...apart), 1e-4);
  assertEquals(permutationPValue(counts(7, 3), counts(7, 3)), 1);
  assertEquals(permutationPValue(counts(4), counts(9)), 1);
  const near = [counts(60, 40), counts(50, 50)] as const;
  const found = permutationPValue(...near, { seed: 1 });
  assertEquals(permutationPValue(...near, { seed: 1 }), found);
  assert(permutationPValue(...near, { seed: 2 }) !== found);
});

Deno.test("permutationPValue() has the nominal error rate under the null hypothesis", () => {
  const random = createRandom(3);
  const drawn = (size: number) =>
    answerDistribution(
      Array.from({ length: size }, () => pick(random, ["a", "a", "b", "c"])),
    )
      .counts;
  const rounds = 2_000;
  const found = Array.from(
    { length: rounds },
    (_, seed) =>
      permutationPValue(drawn(40), drawn(30), { permutations: 199, seed }),
  );
  for (const level of [0.01, 0.05, 0.2]) {
    const share = found.filter((pValue) => pValue <= level).length / rounds;
    const sd = Math.sqrt(level * (1 - level) / rounds);
    assert(share < level + 3 * sd, `${level}: ${share}`);
    assert(share > level / 2, `${level}: ${share}`);
  }
});

Deno.test("permutationPValue() rejects invalid options and counts", () => {
  const p = counts(1, 1);
  for (
    const options of [
      { permutations: 0 },
      { permutations: 1.5 },
      { seed: 0.5 },
      {
        alpha: 0,
      },
    ]
  ) {
    assertThrows(() => permutationPValue(p, p, options), RangeError);
  }
  assertThrows(
    () => permutationPValue(p, new Map()),
    RangeError,
    "q must have",
  );
  assertThrows(
    () => permutationPValue(counts(1.5), p),
    RangeError,
    "whole numbers, got 1.5",
  );
});

Deno.test("adjustedPValues() matches Holm's method computed by hand", () => {
  // In order, 0.005 · 4, 0.01 · 3, 0.03 · 2, 0.04 · 1, and none below the one before.
  const adjusted = adjustedPValues([0.01, 0.04, 0.03, 0.005]);
  for (const [i, expected] of [0.03, 0.06, 0.06, 0.02].entries()) {
    assertAlmostEquals(adjusted[i]!, expected, 1e-12);
  }
  assertEquals(adjustedPValues([0.5, 0.75]), [1, 1]);
  assertEquals(adjustedPValues([0.25]), [0.25]);
  assertEquals(adjustedPValues([]), []);
  for (const wrong of [-0.1, 1.1, NaN]) {
    assertThrows(() => adjustedPValues([0.5, wrong]), RangeError, `${wrong}`);
  }
});

Deno.test("adjustedPValues() keeps the order, and lies between p and n times p", () => {
  const pValues = fc.array(fc.double({ min: 0, max: 1, noNaN: true }), {
    minLength: 1,
  });
  fc.assert(fc.property(pValues, (given) => {
    const adjusted = adjustedPValues(given);
    for (const [i, pValue] of given.entries()) {
      assert(adjusted[i]! >= pValue && adjusted[i]! <= 1);
      assert(adjusted[i]! <= given.length * pValue);
      for (const [j, other] of given.entries()) {
        assert(pValue > other || adjusted[i]! <= adjusted[j]!);
      }
    }
  }));
});

Deno.test("rankSentences() ranks significant sentences, and gives the others their mean rank", () => {
  const importances = [
    { value: 0.2, pValue: 0.0001 },
    { value: 0.9, pValue: 0.5 },
    { value: 0.5, pValue: 0.0001 },
    null,
    { value: 0.5, pValue: 0.0002 },
    { value: 0.1, pValue: 0.03 },
    { value: 0.3, pValue: 0.9 },
  ];
  const ranks = rankSentences(importances);
  // Of six, 1 and 2 are equal, 3 is the third, and 4, 5, and 6 are not significant.
  assertEquals(
    ranks.map((found) => found?.rank),
    [3, 5, 1.5, undefined, 1.5, 5, 5],
  );
  assertEquals(
    ranks.map((found) => found?.isSignificant),
    [true, false, true, undefined, true, false, false],
  );
  // 0.03 · 3 is 0.09.
  assertAlmostEquals(ranks[5]!.adjustedPValue, 0.09, 1e-12);
  const lenient = rankSentences(importances, { confidence: 0.9 });
  assertEquals(
    lenient.map((found) => found?.rank),
    [3, 5.5, 1.5, undefined, 1.5, 4, 5.5],
  );
  // By rounding, 1 - 0.95 is above 0.05, and 1 - 0.9 below 0.1, so neither decides.
  for (const [confidence, pValue] of [[0.95, 0.05], [0.9, 0.1]] as const) {
    const [found] = rankSentences([{ value: 1, pValue }], { confidence });
    assert(found!.isSignificant);
  }
  assertEquals(rankSentences([null]), [null]);
  assertThrows(() => rankSentences([], { confidence: 1 }), RangeError);
});
