import type { ComponentChildren, VNode } from "npm:preact@10.29.8";
import { probability } from "../../text/p_value.ts";
import { Letter } from "../parts/letter.tsx";
import { decimal, dollars, signed, whole } from "../text/numbers.ts";
import {
  type MeasureColumn,
  MeasureTable,
  MeasureValue,
  ShareValue,
} from "./measure_table.tsx";
import type { PairedDifference, PairMeasures } from "./pair_measures.ts";

const DIFFERENCE = "mean difference, 95% interval (bootstrap)";

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
    cell: ({ accuracy }) => tested(accuracy, points),
  },
  {
    title: "Output tokens",
    method: DIFFERENCE,
    cell: ({ tokens }) => tested(tokens, decimal),
  },
  {
    title: "Cost",
    method: DIFFERENCE,
    cell: ({ cost }) => tested(cost, dollars),
  },
];

/** The differences of pairs by seed with their tests. */
export function PairMeasureTable(
  { pairs }: { readonly pairs: readonly PairMeasures[] },
): VNode {
  const tests =
    pairs.flatMap(({ accuracy, tokens, cost }) =>
      [accuracy, tokens, cost].filter((test) => test !== null)
    ).length;
  return (
    <>
      <MeasureTable
        label="Differences by seed"
        first="Pair"
        columns={COLUMNS}
        rows={pairs}
        head={({ first, second }) => (
          <span class="letters">
            <Letter of={first.letter} />
            <Letter of={second.letter} />
          </span>
        )}
      />
      <p class="note method">
        Bold: p is at most 0.05. p: paired permutation test of the mean
        difference, two-sided
        {tests > 1 ? `, with Holm’s correction for ${whole(tests)} tests` : ""}.
        For right answers it is McNemar’s test. The intervals are not corrected.
        Only seeds with an answer in both sets count for answers. Equal seeds
        pair samples; they make answers alike only if the provider uses them.
      </p>
    </>
  );
}

function tested(
  test: PairedDifference | null,
  text: (value: number) => string,
): ComponentChildren {
  if (test === null) return "–";
  const { value, low, high, adjustedPValue } = test;
  return (
    <MeasureValue
      value={signed(value, text)}
      more={`${signed(low, text)} to ${signed(high, text)}; ${
        probability(adjustedPValue)
      }`}
      isStrong={adjustedPValue <= 0.05}
    />
  );
}

/** A difference of shares in percentage points. */
function points(value: number): string {
  return `${decimal(100 * value)} pp`;
}
