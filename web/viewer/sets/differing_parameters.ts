import type { SampleSet } from "../../../src/viewer/view_data.ts";
import { shortened } from "../text/shortened.ts";

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

/** A set's values of some parameters in its own order, such as `temperature 1.2, topP 0.9`. */
export function parameterList(
  { parameters }: SampleSet,
  names: readonly string[],
): string {
  return Object.keys(parameters).filter((name) => names.includes(name))
    .map((name) => `${name} ${parameterText(parameters[name], 60)}`)
    .join(", ");
}

/** Formats the value of a parameter, in at most a number of characters. */
export function parameterText(value: unknown, length = Infinity): string {
  const text = typeof value === "string" ? value : JSON.stringify(value) ?? "";
  return shortened(text, length);
}
