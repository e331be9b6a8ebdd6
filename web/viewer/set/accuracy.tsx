import type { VNode } from "npm:preact@10.29.8";
import { accuracyOf } from "../plots/accuracy_of.ts";
import type { SampleRow } from "../source/sample_row.ts";
import { percent } from "../text/numbers.ts";

/** The share of right answers among those that were found. */
export function AccuracyNote(
  { rows, truth }: {
    readonly rows: readonly SampleRow[];
    readonly truth: string | null;
  },
): VNode | null {
  if (truth === null) {
    return <p class="note">The right answer is not known.</p>;
  }
  const known = accuracyOf(rows);
  if (known === null) return null;
  const { hits, trials, value, low, high } = known;
  return (
    <p class="accuracy">
      <b>{percent(value)}</b> right{" "}
      <span class="note">
        ({hits} of {trials}; Wilson 95% {percent(low)} to {percent(high)})
      </span>
    </p>
  );
}
