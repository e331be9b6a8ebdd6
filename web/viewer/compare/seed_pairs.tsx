import type { VNode } from "npm:preact@10.29.8";
import { useMemo, useRef } from "npm:preact@10.29.8/hooks";
import { RowList } from "../parts/row_list.tsx";
import { NARROW, useMedia } from "../parts/use_media.ts";
import { useVirtualRows } from "../parts/virtual_rows.ts";
import { answerColors, answerCounts } from "../set/answer_counts.ts";
import { SampleCard } from "../set/sample_card.tsx";
import { counted } from "../text/numbers.ts";
import type { View } from "../source/view.ts";
import type { Side } from "./side.ts";
import { seedPairs } from "./pair_seeds.ts";

/** Samples of the same seed side by side. */
export function SeedPairs(
  { view, sides }: {
    readonly view: View;
    readonly sides: readonly [Side, Side];
  },
): VNode {
  const [a, b] = sides;
  const list = useRef<HTMLDivElement>(null);
  const narrow = useMedia(NARROW);
  const pairs = useMemo(() => seedPairs(a.rows, b.rows), [a.rows, b.rows]);
  const color = useMemo(
    () => answerColors(answerCounts([...a.rows, ...b.rows]), a.truth),
    [a.rows, b.rows],
  );
  const virtual = useVirtualRows(list, { count: pairs.length, height: 480 });
  return (
    <section aria-labelledby="seeds-title">
      <h2 id="seeds-title">
        Samples by seed{" "}
        <span class="note">{counted(pairs.length, "seed")}</span>
      </h2>
      <RowList
        list={list}
        rows={virtual}
        label="Samples by seed"
        of={pairs.length}
        columns={narrow ? 1 : 2}
      >
        {(index) =>
          pairs[index]?.map((row, side) => {
            const { letter, set, samples } = sides[side]!;
            return row === null
              ? (
                <div key={letter} role="listitem" class="card missing">
                  <p class="note">{letter} has no sample of this seed.</p>
                </div>
              )
              : (
                <SampleCard
                  key={letter}
                  letter={letter}
                  view={view}
                  set={set}
                  prefill={samples.prefill}
                  row={row}
                  color={color(row.answer)}
                  hit={null}
                  place={2 * index + side}
                  of={2 * pairs.length}
                  current={false}
                  marked={false}
                  onCurrent={null}
                />
              );
          })}
      </RowList>
    </section>
  );
}
