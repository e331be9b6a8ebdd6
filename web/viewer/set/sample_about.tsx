import type { VNode } from "npm:preact@10.29.8";
import { finishColor } from "../parts/finish_bar.tsx";
import { counted, dollars, duration, whole } from "../text/numbers.ts";
import { shortened } from "../text/shortened.ts";
import { finishName } from "./finish_name.ts";
import type { SampleRow } from "../source/sample_row.ts";

/** How many characters of an answer are shown next to a sample. */
const ANSWER = 60;

/** The properties of a sample: its answer, finish reason, tokens, time and cost. */
export function SampleAbout(
  { row, color }: { readonly row: SampleRow; readonly color: string },
): VNode | null {
  const { head, answer, right } = row;
  if (head.problem !== null) return null;
  const finish = finishName(row);
  return (
    <div class="about">
      <p class="about-answer">
        <span class="about-text">
          <i class={`swatch a-${color}`} />
          {answer === null ? <span class="none">no answer</span> : (
            <b>
              <bdi>{shortened(answer, ANSWER)}</bdi>
            </b>
          )}
        </span>
        {right !== null && answer !== null && (
          <span class={right ? "met" : "missed"}>
            {right ? "✓ right" : "✗ wrong"}
          </span>
        )}
        {finish !== "stop" && (
          <span class={`chip ${finishColor(finish)}`}>{finish}</span>
        )}
        {head.prefill !== null && head.prefill !== "continued" && (
          <span class="chip">prefill {head.prefill}</span>
        )}
        {!head.completedReasoning && (
          <span class="chip">reasoning incomplete</span>
        )}
      </p>
      <p class="about-numbers">
        <span>
          {head.completionTokens === null
            ? "tokens unknown"
            : counted(head.completionTokens, "token")}
          {head.reasoningTokens !== null &&
            ` (${whole(head.reasoningTokens)} reasoning)`}
        </span>
        {head.costUsd !== null && <span>{dollars(head.costUsd)}</span>}
        {head.latencyMs !== null && <span>{duration(head.latencyMs)}</span>}
        {head.provider !== null && (
          <span>
            <bdi>{head.provider}</bdi>
          </span>
        )}
        {(head.attempts ?? 1) > 1 && <span>{head.attempts} attempts</span>}
      </p>
    </div>
  );
}
