import type { VNode } from "npm:preact@10.29.8";
import { useMemo } from "npm:preact@10.29.8/hooks";
import { Bar } from "../plots/bar.tsx";
import { useFirstRows } from "../plots/use_first_rows.tsx";
import { type AnswerCount, answerCounts } from "../set/answer_counts.ts";
import { LISTED_ANSWER } from "../set/answer_table.tsx";
import { AnswerText } from "../set/answer_text.tsx";
import { percent, whole } from "../text/numbers.ts";
import type { Side } from "./side.ts";
import { SideHeads } from "./side_heads.tsx";

/** The number of answers shown initially. */
const FIRST = 10;

/** The answers of both sides, with their shares. */
export function AnswerPairs(
  { sides }: { readonly sides: readonly [Side, Side] },
): VNode {
  const [a, b] = sides;
  const rows = useMemo(
    () => paired(answerCounts(a.rows), answerCounts(b.rows)),
    [a.rows, b.rows],
  );
  const [shown, more] = useFirstRows(rows, FIRST);
  return (
    <figure class="bars answer-pairs">
      <figcaption>
        <h3>Answers</h3>
        <span class="note">samples, and their share</span>
      </figcaption>
      <table aria-label="Answers of both">
        <thead>
          <tr>
            <th scope="col">Answer</th>
            <SideHeads />
          </tr>
        </thead>
        <tbody>
          {shown.map(({ answer, counts, shares }) => (
            <tr key={answer ?? "none"}>
              <th scope="row">
                <AnswerText answer={answer} length={LISTED_ANSWER} />
                {answer !== null && answer === a.truth && a.truth === b.truth &&
                  <span class="met">✓ right</span>}
              </th>
              {sides.map(({ letter, color }, side) => (
                <Bar
                  key={letter}
                  share={shares[side]!}
                  color={color}
                >
                  {whole(counts[side]!)}{" "}
                  <span class="share">{percent(shares[side]!)}</span>
                </Bar>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
      {more}
    </figure>
  );
}

interface Paired {
  readonly answer: string | null;
  readonly counts: readonly [number, number];
  readonly shares: readonly [number, number];
}

function paired(
  a: readonly AnswerCount[],
  b: readonly AnswerCount[],
): Paired[] {
  const all = [a, b].map((counts) =>
    Math.max(1, counts.reduce((sum, { count }) => sum + count, 0))
  );
  const of = [a, b].map((counts) =>
    new Map(counts.map(({ answer, count }) => [answer, count]))
  );
  const answers = new Set([...a, ...b].map(({ answer }) => answer));
  return [...answers].map((answer): Paired => {
    const counts = [of[0]!.get(answer) ?? 0, of[1]!.get(answer) ?? 0] as const;
    return {
      answer,
      counts,
      shares: [counts[0] / all[0]!, counts[1] / all[1]!],
    };
  }).sort((x, y) =>
    Number(x.answer === null) - Number(y.answer === null) ||
    Math.max(...y.shares) - Math.max(...x.shares)
  );
}
