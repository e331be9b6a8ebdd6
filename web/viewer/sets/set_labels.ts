import type { SampleSet } from "../../../src/viewer/view_data.ts";
import { differingExcerpts } from "../text/differing_excerpts.ts";
import { differingParameters, parameterText } from "./differing_parameters.ts";

/** How many characters of a prompt and of a system message are shown. */
const PROMPT = 90;
const SYSTEM = 50;

/** The properties of a set, except its model, that distinguish it from others. */
export interface SetLabel {
  /** A part of the prompt, or `null` if all prompts are the same. */
  readonly prompt: string | null;
  /** Whether it has a prefill, its system message and its parameters, as far as they differ. */
  readonly settings: string;
}

/** Returns the properties by which each of some sets differs from others. */
export function setLabels(sets: readonly SampleSet[]): SetLabel[] {
  const prompts = sets.map(({ promptStart }) => promptStart);
  const systems = sets.map(({ systemStart }) => systemStart);
  const promptParts = differingExcerpts(prompts, PROMPT);
  const systemParts = differingExcerpts(
    systems.map((system) => system ?? ""),
    SYSTEM,
  );
  const parameters = differingParameters(sets);
  const prefills = sets.map(({ prefillStart }) => prefillStart);
  return sets.map((set, place) => ({
    prompt: areSame(prompts) ? null : promptParts[place] || "(empty prompt)",
    settings: [
      ...areSame(prefills)
        ? []
        : [set.prefillStart === null ? "no prefill" : "prefill"],
      ...areSame(systems) ? [] : [
        set.systemStart === null
          ? "no system message"
          : `system message “${systemParts[place]}”`,
      ],
      ...parameters.map((name) =>
        Object.hasOwn(set.parameters, name)
          ? `${name} ${parameterText(set.parameters[name], 60)}`
          : `${name} not set`
      ),
    ].join(", "),
  }));
}

/** Whether some values are all the same. */
export function areSame(values: readonly (string | null)[]): boolean {
  return new Set(values).size <= 1;
}
