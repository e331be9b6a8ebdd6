import type { VNode } from "npm:preact@10.29.8";
import type {
  AnswersByRule,
  ViewAnswerRule,
} from "../../../src/viewer/view_data.ts";
import { Choice } from "../parts/choice.tsx";
import { choose } from "../route/use_route.ts";
import type { View } from "../source/view.ts";
import { counted, whole } from "../text/numbers.ts";
import { answersFound, fittingRule } from "./answer_rule.ts";

/** The rule by which answers are found, with a better one if it finds none in some samples. */
export function RuleChoice(
  { view: { answerRules }, rule, sets }: {
    readonly view: View;
    readonly rule: ViewAnswerRule | null;
    /** The answers of the sets, as far as they are loaded. */
    readonly sets: readonly AnswersByRule[];
  },
): VNode | null {
  if (rule === null || sets.length === 0) return null;
  const { found, of } = answersFound(rule, sets);
  const better = fittingRule(answerRules, sets);
  const isBetter = better !== null && answersFound(better, sets).found > found;
  return (
    <>
      {answerRules.length > 1 && (
        <Choice
          label="Answer format"
          name="rule"
          value={rule}
          choices={answerRules.map((value) => ({
            value,
            count: answersFound(value, sets).found,
          }))}
          countText={(count) => `${whole(count)} found`}
        />
      )}
      <p class="note printed">Answer format: {rule}</p>
      {found < of && (
        <p class="note no-answer">
          No answer found in {whole(of - found)} of {counted(of, "sample")}
          {isBetter && (
            <>
              {" "}
              <button
                type="button"
                class="quiet"
                onClick={() => choose({ rule: better })}
              >
                Use {better}, which finds {whole(
                  answersFound(better, sets).found,
                )}
              </button>
            </>
          )}
        </p>
      )}
    </>
  );
}
