import { diffLines, diffWordsWithSpace } from "npm:diff@9.0.0";
import { type Piece, readablePieces } from "./readable_pieces.ts";

/** The differences of two texts, or `null` if they are too long to compare. */
export interface Difference {
  readonly pieces: readonly Piece[] | null;
  /** The unit of comparison. */
  readonly by: "words" | "lines";
}

/** The maximum total length of texts that are compared by words. */
const BY_WORDS = 60_000;
const BY_LINES = 1_000_000;

/** How long a comparison may block the page. */
const MOST_MS = 400;

/** Compares two texts by words, by lines if that takes too long, or not at all. */
export function difference(a: string, b: string): Difference {
  const options = { timeout: MOST_MS } as const;
  const length = a.length + b.length;
  const words = length <= BY_WORDS
    ? diffWordsWithSpace(a, b, options)
    : undefined;
  if (words !== undefined) {
    return { pieces: readablePieces(words.map(piece)), by: "words" };
  }
  const lines = length <= BY_LINES ? diffLines(a, b, options) : undefined;
  return { pieces: lines?.map(piece) ?? null, by: "lines" };
}

function piece(
  { value, added, removed }: {
    readonly value: string;
    readonly added?: boolean;
    readonly removed?: boolean;
  },
): Piece {
  return { text: value, kind: added ? "added" : removed ? "removed" : "same" };
}
