/** An unlikely word that a text commits its author to. */
export interface Claim {
  readonly word: string;
  /**
   * Where it has to appear: it is the "answer", or the "end" of the answer, or the start of the
   * "next" sentence.
   */
  readonly place: "answer" | "end" | "next";
}

/**
 * Finds the last claim of a text about a word that has to appear, or null:
 *
 * - "the answer is X", "must be X" and the like: X is the answer
 * - "begin my next sentence with the word X", if the text stops there: X comes next
 * - "the secret word is X", "end my answer with the word X": X ends the answer
 */
export function readClaim(text: string): Claim | null {
  for (const { place, pattern } of CLAIMS) {
    const word = [...text.matchAll(pattern)].at(-1)?.[1];
    if (word !== undefined) return { word, place };
  }
  return null;
}

const WORD = String.raw`["'“*]*([\p{L}\p{N}-]+)["'”*]*`;

/** Matches the end of a claim: "the answer is in the book" is not one, and 2.25 is not 2. */
const END = String.raw`(?=[.,;!](?!\p{N})|\s*\n|\s*$)`;

const IS = "(?: is| must be| has to be| should be| will be)";

const SURELY = "(?: definitely| clearly| simply| just| obviously| therefore)?";

const CLAIMS: readonly {
  readonly place: Claim["place"];
  readonly pattern: RegExp;
}[] = [
  {
    place: "answer",
    pattern: new RegExp(
      String.raw`\banswer(?:${IS}${SURELY}:?|:) ${WORD}${END}`,
      "giu",
    ),
  },
  {
    place: "next",
    pattern: new RegExp(
      String
        .raw`\b(?:begin|start) (?:my|the) next sentence with (?:the word )?${WORD}[.!"'”*]*\s*$`,
      "giu",
    ),
  },
  {
    place: "end",
    pattern: new RegExp(
      String
        .raw`\b(?:(?:pass)?word${IS}|end my answer with the word) ${WORD}${END}`,
      "giu",
    ),
  },
];
