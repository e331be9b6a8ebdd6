import { diffLines, diffWordsWithSpace } from "diff";

/** A piece of one of two texts: whether the other has it too. */
export interface Piece {
  readonly text: string;
  readonly kind: "same" | "removed" | "added";
}

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
    return { pieces: readable(words.map(piece)), by: "words" };
  }
  const lines = length <= BY_LINES ? diffLines(a, b, options) : undefined;
  return { pieces: lines?.map(piece) ?? null, by: "lines" };
}

/** Words that two texts must share in a row: fewer are chance, and make both unreadable. */
const LEAST_WORDS = 3;

/** Pieces without those short ones that are the same by chance between others that are not. */
function readable(pieces: readonly Piece[]): Piece[] {
  const joined: Piece[] = [];
  for (const [place, piece] of pieces.entries()) {
    const { text, kind } = piece;
    const between = place > 0 && place < pieces.length - 1;
    const words = text.match(/[\p{L}\p{N}]+/gu)?.length ?? 0;
    if (kind === "same" && between && words < LEAST_WORDS) {
      add(joined, { text, kind: "removed" });
      add(joined, { text, kind: "added" });
    } else add(joined, piece);
  }
  return joined;
}

/** Adds a piece to the last of its kind, as long as no same one lies between. */
function add(pieces: Piece[], piece: Piece): void {
  const from = pieces.findLastIndex(({ kind }) => kind === "same") + 1;
  const own = pieces.findIndex(({ kind }, place) =>
    place >= from && kind === piece.kind
  );
  if (own < 0) pieces.push(piece);
  else pieces[own] = { ...piece, text: pieces[own]!.text + piece.text };
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
