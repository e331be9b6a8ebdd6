/** A piece of one of two texts: whether the other has it too. */
export interface Piece {
  readonly text: string;
  readonly kind: "same" | "removed" | "added";
}

/** Words that two texts must share in a row: fewer are chance, and make both unreadable. */
const LEAST_WORDS = 3;

/** Pieces without those short ones that are the same by chance between others that are not. */
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

/** Adds a piece to the last of its kind, as long as no same one lies between. */
function add(pieces: Piece[], piece: Piece): void {
  const from = pieces.findLastIndex(({ kind }) => kind === "same") + 1;
  const own = pieces.findIndex(({ kind }, place) =>
    place >= from && kind === piece.kind
  );
  if (own < 0) pieces.push(piece);
  else pieces[own] = { ...piece, text: pieces[own]!.text + piece.text };
}
