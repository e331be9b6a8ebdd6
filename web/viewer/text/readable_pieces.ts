/** A piece of a text, and whether the other text also contains it. */
export interface Piece {
  readonly text: string;
  readonly kind: "same" | "removed" | "added";
}

/** The minimum number of consecutive common words. Fewer are coincidence and make the texts hard to read. */
const LEAST_WORDS = 3;

/** Removes short common pieces between different ones. */
export function readablePieces(pieces: readonly Piece[]): Piece[] {
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

/** Adds a piece to the last one of its kind, unless there is a common piece between them. */
function add(pieces: Piece[], piece: Piece): void {
  const from = pieces.findLastIndex(({ kind }) => kind === "same") + 1;
  const own = pieces.findIndex(({ kind }, place) =>
    place >= from && kind === piece.kind
  );
  if (own < 0) pieces.push(piece);
  else pieces[own] = { ...piece, text: pieces[own]!.text + piece.text };
}
