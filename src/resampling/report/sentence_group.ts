/** Consecutive sentences that are measured together, because the reasoning was not cut between them. */
export interface SentenceGroup<Cut> {
  /** The index of the first sentence. */
  readonly first: number;
  /** The index of the last sentence. */
  readonly last: number;
  /** The indexes in words, such as `2–3` or `7`. */
  readonly numbers: string;
  /** The cut before the first sentence, if there is one. */
  readonly before: Cut | undefined;
  /** The next cut, if there is a cut before the first sentence. */
  readonly after: Cut | undefined;
}

/**
 * Returns the group of the sentence at a position. A sentence that is not between two cuts is not measured,
 * and is a group of its own.
 *
 * @param cuts The cuts in the order of their positions.
 */
export function sentenceGroup<Cut extends { readonly at: number }>(
  cuts: readonly Cut[],
  position: number,
): SentenceGroup<Cut> {
  const next = cuts.findIndex(({ at }) => at > position);
  const [before, after] = [cuts[next - 1], cuts[next]];
  if (before === undefined || after === undefined) {
    return {
      ...{ first: position, last: position, numbers: String(position) },
      before: cuts.find(({ at }) => at === position),
      after: undefined,
    };
  }
  const [first, last] = [before.at, after.at - 1];
  const numbers = first === last ? String(first) : `${first}–${last}`;
  return { first, last, numbers, before, after };
}
