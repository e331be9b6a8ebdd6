import { useMemo } from "npm:preact@10.29.8/hooks";
import type {
  AnswersByRule,
  SampleSet,
} from "../../../src/viewer/view_data.ts";
import { useLoaded } from "../source/use_loaded.ts";
import type { View } from "../source/view.ts";

/** Loads the answers of sets, whose number does not change; `null` until they are loaded. */
export function useAnswers(
  { source }: View,
  sets: readonly SampleSet[],
): readonly AnswersByRule[] | null {
  const ids = sets.map(({ id }) => id);
  const { value } = useLoaded(() => source.answers(ids), {
    key: ids.join(" "),
    version: useMemo(() => ({}), sets),
  });
  return value;
}
