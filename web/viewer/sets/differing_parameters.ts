import type { SampleSet } from "../../../src/viewer/view_data.ts";

/** The names of the parameters that differ between sets, in alphabetical order. */
export function differingParameters(sets: readonly SampleSet[]): string[] {
  const values = new Map<string, Set<string>>();
  for (const { parameters } of sets) {
    for (const [name, value] of Object.entries(parameters)) {
      const known = values.get(name) ?? new Set();
      values.set(name, known.add(parameterText(value)));
    }
  }
  const everywhere = (name: string) =>
    sets.every(({ parameters }) => Object.hasOwn(parameters, name));
  return [...values]
    .filter(([name, known]) => known.size > 1 || !everywhere(name))
    .map(([name]) => name)
    .sort();
}

/** Formats the value of a parameter. */
export function parameterText(value: unknown): string {
  return typeof value === "string" ? value : JSON.stringify(value) ?? "";
}
