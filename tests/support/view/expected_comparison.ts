import { bootstrapInterval } from "../../../src/resampling/mod.ts";
import {
  decimal,
  dollars,
  percent,
  signed,
  whole,
} from "../../../web/viewer/text/numbers.ts";
import { probability } from "../../../web/text/p_value.ts";
import { costOf } from "./totals_of.ts";
import { answersOf, wilson } from "./expected_answers.ts";
import { known, plural, quantileOf, sum } from "./plain_statistics.ts";
import type { RandomSample } from "./random_cache.ts";

type Values = readonly (number | null)[];

/** The rows of the tables of measures, of sets and of pairs, without their names. */
export function comparedMeasures(
  sets: readonly (readonly RandomSample[])[],
  truth: string | null,
): string[][] {
  const answers = answersOf(sets);
  const right = answers.map((own) =>
    own.map((answer) =>
      answer === null || truth === null ? null : Number(answer === truth)
    )
  );
  const rows = sets.map((samples, set) => {
    const found = known(right[set]!);
    const costs = samples.map(({ cost }) => cost);
    return [
      whole(samples.length),
      found.length === 0 ? "–" : `${share(sum(found), found.length)} answers`,
      spread(samples.map(({ tokens }) => tokens), decimal),
      spread(costs, dollars),
      costOf(samples),
    ];
  });
  const pairs = sets.flatMap((_, a) =>
    sets.flatMap((_, b) => a < b ? [[a, b] as const] : [])
  ).map(([a, b]) => {
    // Samples have the seeds 0, 1 and so on.
    const seeds = Math.min(sets[a]!.length, sets[b]!.length);
    const minus = (values: readonly Values[]) =>
      known(Array.from({ length: seeds }, (_, seed) => {
        const [x, y] = [values[a]![seed]!, values[b]![seed]!];
        return x === null || y === null ? null : y - x;
      }));
    const both = Array.from({ length: seeds }, (_, seed) => [
      answers[a]![seed]!,
      answers[b]![seed]!,
    ]).filter(([x, y]) => x !== null && y !== null);
    const same = both.filter(([x, y]) => x === y).length;
    return {
      seeds,
      head: [
        whole(seeds),
        both.length === 0 ? "–" : `${share(same, both.length)} seeds`,
      ],
      differences: [
        minus(right),
        minus(sets.map((own) => own.map(({ tokens }) => tokens))),
        minus(sets.map((own) => own.map(({ cost }) => cost))),
      ],
    };
  });
  const tests = pairs.flatMap(({ differences }) => differences)
    .filter(({ length }) => length > 0);
  const adjusted = holm(tests.map(signFlips));
  return [
    ...rows,
    ...pairs.map(({ seeds, head, differences }) => [
      ...head,
      ...differences.map((own, measure) =>
        own.length === 0
          ? "–"
          : difference(own, TEXTS[measure]!, adjusted[tests.indexOf(own)]!) +
            (own.length < seeds ? `; ${plural(own.length, "seed")}` : "")
      ),
    ]),
  ];
}

const TEXTS = [
  (value: number) => `${decimal(100 * value)} pp`,
  decimal,
  dollars,
];

function share(hits: number, trials: number): string {
  return `${percent(hits / trials)} ${
    wilson(hits, trials)
  }; ${hits} of ${trials}`;
}

function spread(values: Values, text: (value: number) => string): string {
  const [low, middle, high] = [0.25, 0.5, 0.75]
    .map((share) => quantileOf(values, share));
  return middle == null
    ? "–"
    : `${text(middle)} ${text(low!)} to ${text(high!)}`;
}

function difference(
  values: readonly number[],
  text: (value: number) => string,
  p: number,
): string {
  const mean = (own: readonly number[]) => sum(own) / own.length;
  // The draws of the bootstrap are the library's, which has tests of its own.
  const { low, high } = bootstrapInterval([values], ([own]) => mean(own!))!;
  return `${signed(mean(values), text)} ${signed(low, text)} to ${
    signed(high, text)
  }; ${probability(p).replaceAll("\u00a0", " ")}`;
}

/** The share of all changes of signs whose sum is as far from 0, by recursion. */
function signFlips(values: readonly number[]): number {
  const total = Math.abs(sum(values));
  const slack = 1e-9 * sum(values.map(Math.abs));
  const count = (place: number, at: number): number =>
    place === values.length
      ? Number(Math.abs(at) >= total - slack)
      : count(place + 1, at + values[place]!) +
        count(place + 1, at - values[place]!);
  return count(0, 0) / 2 ** values.length;
}

/** Holm's correction: each p-value times the number of those that are not smaller, made monotonic. */
function holm(pValues: readonly number[]): number[] {
  return pValues.map((own) =>
    Math.min(
      1,
      Math.max(
        ...pValues.filter((other) => other <= own).map((other) =>
          other * pValues.filter((third) => third >= other).length
        ),
      ),
    )
  );
}
