import type {
  AnswersByRule,
  SetChanges,
  ViewAnswerRule,
} from "../../../src/viewer/view_data.ts";
import type { Query } from "../route/route.ts";

/** The rules among which one is chosen. */
export interface RuleChoices
  extends Pick<SetChanges, "answerRules" | "givenRule"> {
  /** The choices in the address. */
  readonly query: Query;
}

/** Returns the rule in the address, else the command's own, else the one that fits the answers of the sets. */
export function answerRule(
  { answerRules, givenRule, query }: RuleChoices,
  sets: readonly AnswersByRule[],
): ViewAnswerRule | null {
  return answerRules.find((rule) => rule === query.rule) ?? givenRule ??
    fittingRule(answerRules, sets);
}

/**
 * Returns the first rule that finds an answer in more than half of the samples, else the one that finds
 * the most. The first rules are stricter: they find fewer answers, but hardly any wrong ones.
 */
export function fittingRule(
  rules: readonly ViewAnswerRule[],
  sets: readonly AnswersByRule[],
): ViewAnswerRule | null {
  const counts = rules.map((rule) => ({ rule, ...answersFound(rule, sets) }));
  const most = Math.max(...counts.map(({ found }) => found));
  const fits = counts.find(({ found, of }) => 2 * found > of) ??
    counts.find(({ found }) => found === most);
  return fits?.rule ?? null;
}

/** Counts the samples in which a rule finds an answer. */
export function answersFound(
  rule: ViewAnswerRule,
  sets: readonly AnswersByRule[],
): { readonly found: number; readonly of: number } {
  const answers = sets.flatMap((set) =>
    Object.values(set[rule]?.answers ?? {})
  );
  return {
    found: answers.filter((answer) => answer !== null).length,
    of: answers.length,
  };
}
