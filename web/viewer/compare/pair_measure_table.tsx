import type { ComponentChildren, VNode } from "npm:preact@10.29.8";
import { probability } from "../../text/p_value.ts";
import { Letter } from "../parts/letter.tsx";
import { counted, decimal, dollars, signed, whole } from "../text/numbers.ts";
import {
  type MeasureColumn,
  MeasureTable,
  MeasureValue,
  ShareValue,
} from "./measure_table.tsx";
import { type PairMeasures, TESTED } from "./pair_measures.ts";

const DIFFERENCE = "mean, 95% interval (bootstrap)";

const COLUMNS: readonly MeasureColumn<PairMeasures>[] = [
  { title: "Seeds", cell: ({ seeds }) => whole(seeds) },
  {
    title: "Same answer",
    method: "95% interval (Wilson)",
    cell: ({ agreement }) => <ShareValue share={agreement} of="seeds" />,
  },
  {
    title: "Right",
    method: DIFFERENCE,
    cell: (pair) => tested(pair, "accuracy", points),
  },
  {
    title: "Output tokens",
    method: DIFFERENCE,
    cell: (pair) => tested(pair, "tokens", decimal),
  },
  {
    title: "Cost",
    method: DIFFERENCE,
    cell: (pair) => tested(pair, "cost", dollars),
  },
];

/** The differences of pairs by seed with their tests. */
export function PairMeasureTable(
  { pairs }: { readonly pairs: readonly PairMeasures[] },
): VNode {
  const tests =
    pairs.flatMap((pair) => TESTED.filter((name) => pair[name] !== null))
      .length;
  return (
    <>
      <MeasureTable
        label="Differences by seed"
        first="Pair"
        columns={COLUMNS}
        rows={pairs}
        head={({ first, second }) => (
          <span class="letters">
            <Letter of={second.letter} />− <Letter of={first.letter} />
          </span>
        )}
      />
      <p class="note method">
        Bold: p is at most 0.05. p: paired permutation test of the mean
        difference, two-sided
        {tests > 1 ? `, with Holm’s correction for ${whole(tests)} tests` : ""}.
        For right answers it is McNemar’s test. The intervals are not corrected.
        Only seeds with an answer in both sets count for answers. Samples with
        the same seed are paired, which helps only if the provider honors seeds.
        {pairs.some(({ agreement }) => agreement === null) &&
          " Same answer is “–” if the right answers differ, or if no seed has both answers."}
      </p>
    </>
  );
}

function tested(
  pair: PairMeasures,
  name: typeof TESTED[number],
  text: (value: number) => string,
): ComponentChildren {
  const test = pair[name];
  if (test === null) return "–";
  const { value, low, high, seeds, adjustedPValue } = test;
  return (
    <MeasureValue
      value={signed(value, text)}
      more={
        <>
          <span class="number-text">{signed(low, text)}</span> to{" "}
          <span class="number-text">{signed(high, text)}</span>;{" "}
          {probability(adjustedPValue)}
          {seeds < pair.seeds && `; ${counted(seeds, "seed")}`}
        </>
      }
      isStrong={adjustedPValue <= 0.05}
    />
  );
}

/** A difference of shares in percentage points. */
function points(value: number): string {
  return `${decimal(100 * value)} pp`;
}
