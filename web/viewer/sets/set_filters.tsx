import type { VNode } from "npm:preact@10.29.8";
import { useMemo } from "npm:preact@10.29.8/hooks";
import type { SampleSet } from "../../../src/viewer/view_data.ts";
import { FilterSection } from "../parts/filter_section.tsx";
import { Choice } from "../parts/choice.tsx";
import type { Query } from "../route/route.ts";
import { choose } from "../route/use_route.ts";
import { counted } from "../text/numbers.ts";
import { setChoices, type SetFilter, setFilter } from "./filter_sets.ts";

const LABELS: readonly (readonly [keyof SetFilter, string, string])[] = [
  ["model", "Model", "all models"],
  ["parameter", "Parameter", "any"],
  ["finish", "Sets with finish reason", "any"],
  ["provider", "Sets with provider", "any"],
  ["prefill", "Prefill", "any"],
];

/** The filters for sets. */
export function SetFilters(
  { sets, filter, differing, query }: {
    readonly sets: readonly SampleSet[];
    readonly filter: SetFilter;
    readonly differing: readonly string[];
    readonly query: Query;
  },
): VNode {
  const all = useMemo(
    () => setChoices(sets, differing, setFilter({})),
    [sets, differing],
  );
  const active = Object.values(filter).filter((value) => value !== "").length;
  const choices = useMemo(
    () => active === 0 ? all : setChoices(sets, differing, filter),
    [all, JSON.stringify(filter)],
  );
  return (
    <FilterSection active={active}>
      {LABELS.map(([name, label, any]) =>
        (all[name].length > 1 || filter[name] !== "") && (
          <Choice
            key={name}
            label={label}
            name={name}
            value={filter[name]}
            all={any}
            choices={choices[name].map(([value, count]) => ({ value, count }))}
            countText={(count) => counted(count, "set")}
          />
        )
      )}
      {active > 0 && (
        <button
          type="button"
          class="quiet"
          onClick={() =>
            choose(Object.fromEntries(LABELS.map(([name]) => [name, ""])))}
        >
          Clear filters
        </button>
      )}
      <label class="check">
        <input
          type="checkbox"
          checked={query.parameters === "all"}
          onChange={({ currentTarget }) =>
            choose({ parameters: currentTarget.checked ? "all" : "" })}
        />
        Show all parameters
      </label>
    </FilterSection>
  );
}
