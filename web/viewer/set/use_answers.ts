import type {
  SampleSet,
  SetAnswers,
  ViewAnswerRule,
} from "../../../src/viewer/view_data.ts";
import type { Query } from "../route/route.ts";
import { useLoaded } from "../source/use_loaded.ts";
import type { View } from "../source/view.ts";

/** Returns the rule in the address, else the command's own, else the first. */
export function answerRule(
  rules: readonly ViewAnswerRule[],
  query: Query,
): ViewAnswerRule | null {
  return rules.find((rule) => rule === query.rule) ??
    rules.find((rule) => rule === "given") ?? rules[0] ?? null;
}

/** Loads the answers of a set; `null` until they are loaded, and if there is no rule. */
export function useAnswers(
  { source }: View,
  set: SampleSet,
  rule: ViewAnswerRule | null,
): SetAnswers | null {
  const { value } = useLoaded(
    rule === null ? null : () => source.answers(set.id, rule),
    { key: `${set.id} ${rule}`, version: set },
  );
  return value;
}
