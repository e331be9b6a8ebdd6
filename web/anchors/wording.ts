import type {
  Estimate,
  Importance,
} from "../../src/resampling/anchors_report.ts";
import type {
  PageCut,
  PageData,
} from "../../src/resampling/report/page_data.ts";
import { sentenceGroup } from "../../src/resampling/report/sentence_group.ts";
import { probability } from "../text/p_value.ts";

/** A measure of importance. */
export type Measure = "resampling" | "counterfactual";

/** A number with as many digits as are significant. */
export function decimal(value: number): string {
  const size = Math.abs(value).toFixed(Math.abs(value) >= 100 ? 0 : 2);
  return value < 0 && Number(size) !== 0 ? `−${size}` : size;
}

/** A whole number, such as `2,400`. */
export function whole(value: number): string {
  return value.toLocaleString("en");
}

/** A share, such as `62%`. */
export function percent(share: number): string {
  const digits = share < 0.1 || share > 0.9 ? 1 : 0;
  return `${Number((100 * share).toFixed(digits))}%`;
}

/** An importance with its interval, such as `0.41 nats (0.28 to 0.55)`. */
export function interval({ value, low, high }: Estimate): string {
  return `${decimal(value)} nats (${decimal(low)} to ${decimal(high)})`;
}

/** The beginning of a text in one line. */
export function beginning(text: string, length: number): string {
  const line = text.slice(0, 4 * length).replaceAll(/\s+/g, " ").trim();
  return line.length <= length
    ? line
    : `${line.slice(0, length - 1).trimEnd()}…`;
}

/** The name of a position in the chain of thought: of its sentence, or of the group that is measured with it. Positions count from 0, and the last is after all sentences. */
export function positionName(
  { sentences, cuts }: PageData,
  position: number,
): string {
  if (position === sentences.length) return "After the last sentence";
  const { first, last, numbers } = sentenceGroup(cuts, position);
  return `${first === last ? "Sentence" : "Sentences"} ${numbers}`;
}

/** The text of the sentences of a group. */
export function groupText(
  { sentences }: PageData,
  { first, last }: { readonly first: number; readonly last: number },
): string {
  return sentences.slice(first, last + 1).map(({ text }) => text).join("");
}

/** The importance of the sentence at a position, which a group shares, or `null` if it was not measured. */
export function importanceAt(
  { sentences, cuts }: PageData,
  position: number,
  measure: Measure,
): Importance | null {
  return sentences[sentenceGroup(cuts, position).first]?.[measure] ?? null;
}

/** The importance of a sentence in words. */
export function importanceText(
  data: PageData,
  position: number,
  measure: Measure,
): string {
  const estimate = importanceAt(data, position, measure);
  const name = `${measure} importance`;
  if (estimate === null) return `${name} not measured`;
  const { isSignificant, rank } = estimate;
  const judged = isSignificant ? `rank\u00a0${rank}` : "not significant";
  return `${name} ${interval(estimate)}, ${
    probability(estimate.adjustedPValue)
  }, ${judged}`;
}

/** The answers at a cut with their shares, the most frequent first. `null` means no answer. */
export function answerShares(cut: PageCut): [string | null, number][] {
  const counts: [string | null, number][] = Object.entries(cut.answers)
    .sort(([, a], [, b]) => b - a);
  if (cut.unanswered > 0) counts.push([null, cut.unanswered]);
  const all = counts.reduce((sum, [, count]) => sum + count, 0);
  return counts.map(([answer, count]) => [answer, count / all]);
}

/** The name of an answer's color. */
export function answerColor(
  { series }: PageData,
  answer: string | null,
): string {
  if (answer === null) return "none";
  const position = series.indexOf(answer);
  return position < 0 ? "other" : String(position);
}
