import type { VNode } from "npm:preact@10.29.8";
import { useMemo } from "npm:preact@10.29.8/hooks";
import { Switch } from "../parts/switch.tsx";
import { useLoaded } from "../source/use_loaded.ts";
import type { View } from "../source/view.ts";
import { ComparisonDownloads } from "./comparison_downloads.tsx";
import { PairMeasureTable } from "./pair_measure_table.tsx";
import { pairMeasures } from "./pair_measures.ts";
import { SetMeasureTable } from "./set_measure_table.tsx";
import { setMeasures } from "./set_measures.ts";
import type { Side } from "./side.ts";

/** The measures of the compared sets, and the differences of pairs by seed with their tests. */
export function Measures(
  { view, sides }: { readonly view: View; readonly sides: readonly Side[] },
): VNode {
  const { query } = view;
  const sets = useMemo(() => sides.map(setMeasures), [sides]);
  const isAll = query.pairs !== "first";
  const pairs = useLoaded(() => pairMeasures(sides, isAll), {
    key: String(isAll),
    version: sides,
  });
  return (
    <section aria-labelledby="measures-title" class="measures">
      <h2 id="measures-title">Measures</h2>
      <SetMeasureTable sets={sets} />
      <div class="filters">
        <h2>Differences by seed</h2>
        {sides.length > 2 && (
          <Switch
            legend="Pairs"
            name="pairs"
            value={isAll ? "" : "first"}
            choices={[["", "All"], ["first", "With A"]]}
          />
        )}
        {pairs.value !== null && (
          <ComparisonDownloads sets={sets} pairs={pairs.value} />
        )}
      </div>
      {pairs.value === null
        ? (
          <p class="note" role="status">
            {pairs.error === null
              ? "Comparing…"
              : `The sets cannot be compared: ${pairs.error.message}`}
          </p>
        )
        : <PairMeasureTable pairs={pairs.value} />}
    </section>
  );
}
