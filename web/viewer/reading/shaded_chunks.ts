import type { TokenLogprob } from "../../../src/logprobs.ts";

/** A token of a text, or a part of the text that no token covers. */
export type ShadedToken = Pick<TokenLogprob, "text" | "logprob" | "top">;

/** Where each shade begins: at a surprise in nats, which is −ln of the probability. */
export const SHADES: readonly number[] = [0.5, 1, 2, 4];

/** Returns the shade of a token: from 0, which is none, to 4; `null` if its probability is unknown. */
export function shadeOf({ logprob }: ShadedToken): number | null {
  return logprob === null
    ? null
    : SHADES.filter((surprise) => -logprob >= surprise).length;
}

/**
 * Splits a text into its tokens, in chunks of some hundreds that begin at a new line or a new word if
 * possible. The tokens of all chunks together are the text.
 */
export function shadedChunks(
  text: string,
  tokens: readonly TokenLogprob[],
): ShadedToken[][] {
  const chunks: ShadedToken[][] = [[]];
  let end = 0;
  const add = (token: ShadedToken) => {
    const chunk = chunks.at(-1)!;
    if (isBreak(chunk, token.text)) chunks.push([token]);
    else chunk.push(token);
    end += token.text.length;
  };
  const addRest = (to: number) => {
    if (end < to) add({ text: text.slice(end, to), logprob: null, top: [] });
  };
  for (const token of tokens) {
    if (token.offset === null) continue;
    addRest(token.offset);
    add(token);
  }
  addRest(text.length);
  return chunks;
}

/** Whether a text after a chunk begins the next one. */
function isBreak(chunk: readonly ShadedToken[], next: string): boolean {
  const { length } = chunk;
  return length >= 100 && chunk.at(-1)!.text.endsWith("\n") ||
    length >= 300 && /^\s/.test(next) || length >= 600;
}
