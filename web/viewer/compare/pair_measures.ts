import { adjustedPValues } from "../../../src/resampling/adjusted_p_values.ts";
import type { Estimate } from "../../../src/resampling/anchors_report.ts";
import { bootstrapInterval } from "../../../src/resampling/bootstrap_interval.ts";
import { pairedPValue } from "../../../src/resampling/paired_p_value.ts";
import { type Share, shareOf } from "../plots/share.ts";
import type { SampleRow } from "../source/sample_row.ts";
import type { Side } from "./side.ts";

/** How the second set of a pair differs from the first on the seeds that both have. */
export interface PairedDifference extends Estimate {
  /** The number of seeds on which both values are known. */
  readonly seeds: number;
  /** The p-value of the paired permutation test. */
  readonly pValue: number;
  /** The p-value after Holm's correction for all tests of the comparison. */
  readonly adjustedPValue: number;
}

/** The measures of which pairs are tested. */
export const TESTED = ["accuracy", "tokens", "cost"] as const;

/** The measures of a pair of sets, by seed. */
export interface PairMeasures
  extends Readonly<Record<typeof TESTED[number], PairedDifference | null>> {
  readonly first: Side;
  readonly second: Side;
  /** The number of seeds that both sets have. */
  readonly seeds: number;
  /**
   * The seeds on which both have an answer, and the share on which it is the same; `null` if there are
   * none, or if the right answers differ.
   */
  readonly agreement: Share | null;
}

type Untested = Omit<PairedDifference, "adjustedPValue">;

/**
 * Compares pairs of sets by seed. The p-values of all tests are corrected together, so that the probability
 * of any false difference is at most the level.
 *
 * @param isAll Whether all pairs are compared, or only the first set with each other one.
 */
export async function pairMeasures(
  sides: readonly Side[],
  isAll: boolean,
): Promise<PairMeasures[]> {
  const pairs = sides.flatMap((first, place) =>
    isAll || place === 0
      ? sides.slice(place + 1).map((second) => [first, second] as const)
      : []
  );
  const compared: (Omit<PairMeasures, typeof TESTED[number]> & {
    readonly tests: readonly (Untested | null)[];
  })[] = [];
  for (const [first, second] of pairs) {
    // Many samples take a while: the page stays responsive.
    await new Promise((resolve) => setTimeout(resolve));
    const seeds = sharedSeeds(first, second);
    compared.push({
      first,
      second,
      seeds: seeds.length,
      agreement: haveOneQuestion(first, second) ? agreement(seeds) : null,
      tests: TESTED.map((name) => tested(seeds.map(VALUES[name]))),
    });
  }
  const adjusted = adjustedPValues(
    compared.flatMap(({ tests }) => tests.flatMap((own) => own?.pValue ?? [])),
  ).values();
  return compared.map(({ tests, ...pair }) => {
    const [accuracy = null, tokens = null, cost = null] = tests.map((own) =>
      own && { ...own, adjustedPValue: adjusted.next().value! }
    );
    return { ...pair, accuracy, tokens, cost };
  });
}

type Seed = readonly [SampleRow, SampleRow];

/** Returns the samples of the seeds that both sets have. Of several files of a seed the first counts. */
function sharedSeeds(first: Side, second: Side): Seed[] {
  const bySeed = (side: Side) =>
    new Map(
      side.rows.filter(({ head }) => head.problem === null)
        .map((row) => [row.head.seed, row] as const).reverse(),
    );
  const others = bySeed(second);
  return [...bySeed(first)].reverse().flatMap(([seed, row]) => {
    const other = others.get(seed);
    return other === undefined ? [] : [[row, other] as const];
  });
}

/** Whether the right answers of two sets are the same, as far as they are known. */
function haveOneQuestion(first: Side, second: Side): boolean {
  return first.truth === null || second.truth === null ||
    first.truth === second.truth;
}

function agreement(seeds: readonly Seed[]): Share | null {
  const both = seeds.filter(([a, b]) => a.answer !== null && b.answer !== null);
  const hits = both.filter(([a, b]) => a.answer === b.answer).length;
  return shareOf(hits, both.length);
}

/** The difference on a seed, or `null` if a value is unknown. */
const VALUES: Readonly<
  Record<typeof TESTED[number], (seed: Seed) => number | null>
> = {
  accuracy: difference(({ right }) => right === null ? null : Number(right)),
  tokens: difference(({ head }) => head.completionTokens),
  cost: difference(({ head }) => head.costUsd),
};

function difference(value: (row: SampleRow) => number | null) {
  return ([first, second]: Seed): number | null => {
    const [a, b] = [value(first), value(second)];
    return a === null || b === null ? null : b - a;
  };
}

function tested(values: readonly (number | null)[]): Untested | null {
  const known = values.filter((value) => value !== null);
  const estimate = bootstrapInterval([known], ([drawn = []]) => mean(drawn));
  return estimate && {
    ...estimate,
    seeds: known.length,
    pValue: pairedPValue(known),
  };
}

function mean(values: readonly number[]): number | null {
  const sum = values.reduce((sum, value) => sum + value, 0);
  return values.length === 0 ? null : sum / values.length;
}
