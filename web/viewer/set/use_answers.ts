import type {
  AnswersByRule,
  SampleSet,
} from "../../../src/viewer/view_data.ts";
import { useLoaded } from "../source/use_loaded.ts";
import type { View } from "../source/view.ts";

/** Loads the answers of a set; `null` until they are loaded. */
export function useAnswers(
  { source }: View,
  set: SampleSet,
): AnswersByRule | null {
  const { value } = useLoaded(() => source.answers(set.id), {
    key: set.id,
    version: set,
  });
  return value;
}
