import type {
  SampleSet,
  SetAnswers,
  ViewAnswerRule,
} from "../../../src/viewer/view_data.ts";
import type { Query } from "../route/route.ts";
import { useLoaded } from "../source/use_loaded.ts";
import type { View } from "../view.ts";

/** The rule that the address names, or the command's own, or the first. */
export function answerRule(
  rules: readonly ViewAnswerRule[],
  query: Query,
): ViewAnswerRule | null {
  return rules.find((rule) => rule === query.rule) ??
    rules.find((rule) => rule === "given") ?? rules[0] ?? null;
}

/** The answers of a set's samples; null until they have come, and where there is no rule. */
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
