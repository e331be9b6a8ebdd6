import type { ComponentChildren, VNode } from "npm:preact@10.29.8";
import { Letter } from "../parts/letter.tsx";
import { address } from "../route/route.ts";
import { setLabels } from "../sets/set_labels.ts";
import { decimal, dollars, total, whole } from "../text/numbers.ts";
import {
  type MeasureColumn,
  MeasureTable,
  MeasureValue,
  ShareValue,
} from "./measure_table.tsx";
import type { SetMeasures, Spread } from "./set_measures.ts";

const COLUMNS: readonly MeasureColumn<SetMeasures>[] = [
  { title: "Samples", cell: ({ samples }) => whole(samples) },
  {
    title: "Right",
    method: "of answers found, 95% interval (Wilson)",
    cell: ({ accuracy }) => <ShareValue share={accuracy} of="answers" />,
  },
  {
    title: "Output tokens",
    method: "median, quartiles",
    cell: ({ tokens }) => quartiles(tokens, decimal),
  },
  {
    title: "Cost",
    method: "median, quartiles",
    cell: ({ cost }) => quartiles(cost, dollars),
  },
  {
    title: "Total cost",
    cell: ({ samples, cost }) =>
      cost === null
        ? "–"
        : total(cost.total, { reported: cost.samples, samples }, dollars),
  },
];

/** The measures of each set, which the head of the page describes if there are two. */
export function SetMeasureTable(
  { sets }: { readonly sets: readonly SetMeasures[] },
): VNode {
  const labels = setLabels(sets.map(({ side }) => side.set));
  return (
    <MeasureTable
      label="Measures of each set"
      first="Set"
      columns={COLUMNS}
      rows={sets}
      head={({ side: { letter, set } }, place) => (
        <>
          <Letter of={letter} />
          <a href={address(["set", set.id])}>
            <bdi>{set.model}</bdi>
          </a>
          {sets.length > 2 && (
            <>
              <bdi class="set-prompt">{labels[place]!.prompt}</bdi>
              <span class="set-settings">{labels[place]!.settings}</span>
            </>
          )}
        </>
      )}
    />
  );
}

function quartiles(
  spread: Spread | null,
  text: (value: number) => string,
): ComponentChildren {
  return spread === null ? "–" : (
    <MeasureValue
      value={text(spread.median)}
      more={`${text(spread.low)} to ${text(spread.high)}`}
    />
  );
}
