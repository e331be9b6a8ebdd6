import { diffLines, diffWordsWithSpace } from "npm:diff@9.0.0";
import { type Piece, readablePieces } from "./readable_pieces.ts";

/** What two texts have in common, or null where they are too long to be compared. */
export interface Difference {
  readonly pieces: readonly Piece[] | null;
  /** What was compared. */
  readonly by: "words" | "lines";
}

/** Longer texts together are compared by lines, or not at all. */
const BY_WORDS = 60_000;
const BY_LINES = 1_000_000;

/** How long a comparison may take: the page stands still for so long. */
const MOST_MS = 400;

/** What two texts have in common: by words, by lines where that takes too long, or not at all. */
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
