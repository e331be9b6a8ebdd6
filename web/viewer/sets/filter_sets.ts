import type { SampleSet } from "../../../src/viewer/view_data.ts";
import type { Query } from "../route/route.ts";
import { parameterText } from "./differing_parameters.ts";

/** A filter for sets. An empty string matches all. */
export interface SetFilter {
  readonly model: string;
  /** A name and a value, such as `temperature=0.7`. */
  readonly parameter: string;
  readonly finish: string;
  readonly provider: string;
  /** The prefill outcome; `given` and `none` match sets with and without a prefill. */
  readonly prefill: string;
}

/** The values of a filter with their numbers of sets, the most frequent first. */
export type SetChoices = Readonly<
  Record<keyof SetFilter, readonly (readonly [value: string, sets: number])[]>
>;

/** Parses the filter in an address. */
export function setFilter(query: Query): SetFilter {
  const { model = "", parameter = "", finish = "", provider = "" } = query;
  return { model, parameter, finish, provider, prefill: query.prefill ?? "" };
}

/** Returns the sets that match a filter. */
export function filterSets(
  sets: readonly SampleSet[],
  filter: SetFilter,
): SampleSet[] {
  const names = Object.keys(filter) as (keyof SetFilter)[];
  const asked = names.filter((name) => filter[name] !== "");
  return sets.filter((set) =>
    asked.every((name) => values(set, name).includes(filter[name]))
  );
}

/**
 * Returns the values of all filters, each counted among the sets that the other filters let through.
 *
 * @param parameters The parameters to include.
 */
export function setChoices(
  sets: readonly SampleSet[],
  parameters: readonly string[],
  filter: SetFilter,
): SetChoices {
  const shown = new Set(parameters);
  const counts = (name: keyof SetFilter) => {
    const known = new Map<string, number>();
    for (const set of filterSets(sets, { ...filter, [name]: "" })) {
      for (const value of values(set, name)) {
        if (name === "parameter" && !shown.has(value.split("=", 1)[0]!)) {
          continue;
        }
        known.set(value, (known.get(value) ?? 0) + 1);
      }
    }
    return [...known].sort(([a, m], [b, n]) =>
      name === "parameter" ? a.localeCompare(b) : n - m || a.localeCompare(b)
    );
  };
  return {
    model: counts("model"),
    parameter: counts("parameter"),
    finish: counts("finish"),
    provider: counts("provider"),
    prefill: counts("prefill"),
  };
}

function values(set: SampleSet, name: keyof SetFilter): string[] {
  switch (name) {
    case "model":
      return [set.model];
    case "parameter":
      return Object.entries(set.parameters)
        .map(([name, value]) => `${name}=${parameterText(value)}`);
    case "finish":
      return Object.keys(set.summary.finishReasons);
    case "provider":
      return Object.keys(set.summary.providers);
    case "prefill":
      return set.prefillStart === null
        ? ["none"]
        : ["given", ...Object.keys(set.summary.prefills)];
  }
}
