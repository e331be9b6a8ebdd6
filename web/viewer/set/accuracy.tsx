import type { VNode } from "npm:preact@10.29.8";
import { accuracyOf } from "../plots/accuracy_of.ts";
import type { SampleRow } from "../source/sample_row.ts";
import { percent, whole } from "../text/numbers.ts";
import { shortened } from "../text/shortened.ts";

/** How many characters of the right answer are shown. */
const ANSWER = 60;

/** The share of right answers among those that were found, and the right answer. */
export function AccuracyNote(
  { rows, truth, isMarked }: {
    readonly rows: readonly SampleRow[];
    readonly truth: string | null;
    /** Whether the reader marked the answer as right. */
    readonly isMarked: boolean;
  },
): VNode | null {
  if (truth === null) {
    return <p class="note">The right answer is not known.</p>;
  }
  const known = accuracyOf(rows);
  const right = (
    <span class="right-answer">
      Right answer:{" "}
      <b>
        <bdi>{shortened(truth, ANSWER)}</bdi>
      </b>
      {isMarked && " (marked by you)"}
    </span>
  );
  if (known === null) return <p class="accuracy">{right}</p>;
  const { hits, trials, value, low, high } = known;
  return (
    <p class="accuracy">
      <b>{percent(value)}</b> of answers right{" "}
      <span class="note">
        ({whole(hits)} of {whole(trials)}; 95% interval {percent(low)} to{" "}
        {percent(high)}, Wilson)
      </span>{" "}
      {right}
    </p>
  );
}
