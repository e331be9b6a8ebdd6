import type { VNode } from "npm:preact@10.29.8";
import { BarTable } from "../plots/bar_table.tsx";
import { choose } from "../route/use_route.ts";
import { whole } from "../text/numbers.ts";
import { shortened } from "../text/shortened.ts";
import { AnswerText } from "./answer_text.tsx";
import { answerName } from "./filter_samples.ts";
import type { AnswerCount } from "./answer_counts.ts";
import type { View } from "../source/view.ts";

/** The answers of a set, and which of them is right. */
export interface AnswerTableProps {
  readonly view: View;
  readonly counts: readonly AnswerCount[];
  /** Returns the name of an answer's color. */
  readonly color: (answer: string | null) => string;
  readonly truth: string | null;
  /** The right answer that the server knows. */
  readonly given: string | null;
}

/** How many characters of an answer lists show. */
export const LISTED_ANSWER = 80;

/** The answers of a set. A click on one filters, and one can be marked as right. */
export function AnswerTable(
  { counts, color, truth, given, view }: AnswerTableProps,
): VNode {
  const chosen = view.query.answer ?? "";
  const answers = counts.filter(({ answer }) => answer !== null).length;
  return (
    <BarTable
      title="Answers"
      note={`${whole(answers)} different`}
      head={["Answer", "Samples", "Right"]}
      rows={withTruth(counts, truth).map(({ answer, count }) => {
        const name = answerName(answer);
        return {
          name,
          count,
          color: color(answer),
          label: <AnswerText answer={answer} length={LISTED_ANSWER} />,
          pressed: chosen === name,
          onPress: () => choose({ answer: chosen === name ? "" : name }),
          cells: [
            answer !== null && (
              <MarkRight
                answer={answer}
                right={answer === truth}
                isGiven={answer === given}
              />
            ),
          ],
        };
      })}
    />
  );
}

/** The counts with the right answer, also if no sample has it. */
function withTruth(
  counts: readonly AnswerCount[],
  truth: string | null,
): readonly AnswerCount[] {
  return truth === null || counts.some(({ answer }) => answer === truth)
    ? counts
    : [{ answer: truth, count: 0 }, ...counts];
}

function MarkRight(
  { answer, right, isGiven }: {
    readonly answer: string;
    readonly right: boolean;
    /** Whether it is the right answer that the server knows, the default if none is marked. */
    readonly isGiven: boolean;
  },
): VNode {
  return (
    <button
      type="button"
      class={`mark-right${right ? " met" : ""}`}
      aria-pressed={right}
      aria-label={right
        ? `✓ right: ${shortened(answer, LISTED_ANSWER)}`
        : `mark as right: ${shortened(answer, LISTED_ANSWER)}`}
      disabled={right && isGiven}
      onClick={() => choose({ truth: right || isGiven ? "" : answer })}
    >
      {right ? "✓ right" : "mark as right"}
    </button>
  );
}
