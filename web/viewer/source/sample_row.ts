import type {
  SampleHead,
  SetAnswers,
  SetSamples,
} from "../../../src/viewer/view_data.ts";

/** A sample with its answer. */
export interface SampleRow {
  readonly head: SampleHead;
  /** The answer, or `null` if it has none or answers are unknown. */
  readonly answer: string | null;
  /** Whether the answer is right; `null` if there is none, or the right one is unknown. */
  readonly right: boolean | null;
}

/** Returns the samples of a set with their answers. `truth` is the right answer. */
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
    const known = answer !== null && truth !== null;
    return { head, answer, right: known ? answer === truth : null };
  });
}
