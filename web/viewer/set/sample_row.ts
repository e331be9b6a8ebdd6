import type {
  SampleHead,
  SetAnswers,
  SetSamples,
} from "../../../src/viewer/view_data.ts";

/** A sample with its answer, as far as answers are known. */
export interface SampleRow {
  readonly head: SampleHead;
  /** Its answer; null where it has none, or answers are not known. */
  readonly answer: string | null;
  /** Whether its answer is the right one; null where it cannot be told. */
  readonly right: boolean | null;
}

/** The samples of a set with their answers; the right one is `truth`. */
export function sampleRows(
  { samples }: SetSamples,
  answers: SetAnswers | null,
  truth: string | null,
): SampleRow[] {
  return samples.map((head) => {
    const usable = head.problem === null;
    const answer = usable && answers !== null &&
        Object.hasOwn(answers.answers, head.name)
      ? answers.answers[head.name] ?? null
      : null;
    const known = usable && answers !== null && truth !== null;
    return { head, answer, right: known ? answer === truth : null };
  });
}
