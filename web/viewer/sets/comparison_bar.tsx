import type { VNode } from "npm:preact@10.29.8";
import type { SampleSet } from "../../../src/viewer/view_data.ts";
import { MOST_SIDES, sideLetter } from "../compare/side.ts";
import { Letter } from "../parts/letter.tsx";
import { address, parseRoute, type Query } from "../route/route.ts";
import { choose } from "../route/use_route.ts";
import { promptTitle } from "../set/prompt_title.tsx";
import { type SetLabel, setLabels } from "./set_labels.ts";
import type { View } from "../source/view.ts";

/** The ids of the sets selected for comparison. */
export function picked({ pick = "" }: Query): string[] {
  return pick.split(" ").filter((id) => id !== "");
}

/** Selects or deselects a set. */
export function pick(id: string, chosen: boolean): void {
  const { query } = parseRoute(location.hash);
  const others = picked(query).filter((other) => other !== id);
  const ids = chosen ? [...others, id].slice(-MOST_SIDES) : others;
  choose({ pick: ids.join(" ") });
}

/** The selected sets, and a link to their comparison. */
export function ComparisonBar({ view }: { readonly view: View }): VNode | null {
  const sets = picked(view.query).flatMap((id) => view.sets.get(id) ?? []);
  if (sets.length === 0) return null;
  const labels = setLabels(sets);
  return (
    <section class="comparison-bar" aria-label="Comparison">
      <ol>
        {sets.map((set, place) => (
          <li key={set.id}>
            <Letter of={sideLetter(place)} />
            <b>
              <bdi>{set.model}</bdi>
            </b>{" "}
            <SetLabelText set={set} label={labels[place]!} />
          </li>
        ))}
      </ol>
      {sets.length === 1
        ? <span class="note">Choose another set to compare with.</span>
        : (
          <a
            class="button"
            href={address(["compare", ...sets.map(({ id }) => id)])}
          >
            Compare {sets.length} sets
          </a>
        )}
      <button type="button" class="quiet" onClick={() => choose({ pick: "" })}>
        Clear
      </button>
    </section>
  );
}

/** The prompt and settings that distinguish a set; the prompt if nothing does. */
function SetLabelText(
  { set, label: { prompt, settings } }: {
    readonly set: SampleSet;
    readonly label: SetLabel;
  },
): VNode {
  const shown = prompt ?? (settings === "" ? promptTitle(set, 80) : "");
  return (
    <>
      <bdi>{shown}</bdi> <span class="share">{settings}</span>
    </>
  );
}
