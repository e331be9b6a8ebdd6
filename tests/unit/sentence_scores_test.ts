import { assertEquals } from "@std/assert";
import { sentenceScores } from "../../src/resampling/sentence_scores.ts";
import { scoreOf } from "../../src/score.ts";

/** Scores a text of the given tokens. */
function scoreOfTokens(...tokens: readonly (readonly [string, number])[]) {
  let end = 0;
  return scoreOf(
    tokens.map(([text]) => text).join(""),
    tokens.map(([text, logprob]) => ({
      text,
      logprob,
      offset: (end += text.length) - text.length,
      bytes: null,
      top: [],
    })),
  );
}

Deno.test("scoreOf() sums log-probabilities, and returns their mean and perplexity", () => {
  const { sum, mean, perplexity } = scoreOfTokens(["a", -1], ["b", -2]);
  assertEquals([sum, mean, perplexity], [-3, -1.5, Math.exp(1.5)]);
});

Deno.test("sentenceScores() gives a token to the sentence in which it begins", () => {
  const whole = scoreOfTokens(
    ["Five", -0.5],
    [". Ten", -1],
    [" more", -2],
    [".", -0.25],
    ["\nDone.", -4],
  );
  const scores = sentenceScores(whole);
  assertEquals(
    scores.map(({ text, sum, mean, tokens }) => [
      text,
      sum,
      mean,
      tokens.map(({ offset }) => offset),
    ]),
    [
      ["Five.", -1.5, -0.75, [0, 4]],
      [" Ten more.", -2.25, -1.125, [4, 9]],
      ["\nDone.", -4, -4, [0]],
    ],
  );
});

Deno.test("sentenceScores() returns no mean for a sentence in which no token begins", () => {
  const scores = sentenceScores(
    scoreOfTokens(["One. Two. Th", -1], ["ree.", -2]),
  );
  assertEquals(
    scores.map(({ text, sum, mean }) => [text, sum, mean]),
    [["One.", -1, -1], [" Two.", 0, NaN], [" Three.", -2, -2]],
  );
});
