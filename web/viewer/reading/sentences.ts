import { splitSentences } from "../../../src/resampling/split_sentences.ts";
import type { Range } from "./matches.ts";

/** A sentence of a thought, and what is marked in it. */
export interface ThoughtSentence {
  readonly text: string;
  /** Whether an empty line is before it. */
  readonly startsParagraph: boolean;
  /** How many of its characters are the prefill. */
  readonly given: number;
  /** The matches in the sentence, by their place in it. */
  readonly hits: readonly Range[];
  /** The number of its first match among those of the thought. */
  readonly firstHit: number;
}

/**
 * Splits a thought into the sentences of an anchors report, without the white space between them.
 *
 * @param given How many characters at the start are the prefill.
 * @param hits The matches of a search in the thought, in order.
 */
export function thoughtSentences(
  thought: string,
  given: number,
  hits: readonly Range[],
): ThoughtSentence[] {
  let end = 0;
  let next = 0;
  return splitSentences(thought).map((raw, index) => {
    const [space] = /^\s*/.exec(raw)!;
    const start = end + space.length;
    end += raw.length;
    const firstHit = next;
    while (next < hits.length && hits[next]![0] < end) next++;
    return {
      text: raw.slice(space.length).trimEnd(),
      startsParagraph: index > 0 && /\n\s*\n/.test(space),
      given: Math.max(0, given - start),
      hits: hits.slice(firstHit, next)
        .map(([from, to]) => [from - start, to - start] as const),
      firstHit,
    };
  });
}
