import { type Score, scoreOf } from "../score.ts";
import { splitSentences } from "./split_sentences.ts";

/**
 * Splits the score of a chain of thought into those of its sentences. A token belongs to the sentence in
 * which it begins, so that the sums add up to the sum of the whole.
 */
export function sentenceScores({ text, tokens }: Score): Score[] {
  let start = 0;
  let at = 0;
  return splitSentences(text).map((sentence) => {
    const begin = start;
    start += sentence.length;
    const first = at;
    while (at < tokens.length && tokens[at]!.offset < start) at++;
    const own = tokens.slice(first, at)
      .map((token) => ({ ...token, offset: token.offset - begin }));
    return scoreOf(sentence, own);
  });
}
