/** The token that begins a message. */
export const MESSAGE_START = 256;
/** The token that ends a message, and so the text that a model generates. */
export const MESSAGE_END = 257;
/** The token that begins the reasoning. */
export const THINK_START = 258;
/** The token that ends the reasoning. */
export const THINK_END = 259;

/**
 * Splits a text into tokens: one for each special token in it, and one for each byte of the rest in
 * UTF-8.
 */
export function encodeTokens(text: string): number[] {
  return text.split(SPECIAL_PATTERN).flatMap((part) => {
    const special = SPECIAL_TEXTS.indexOf(part);
    return special < 0
      ? [...new TextEncoder().encode(part)]
      : [MESSAGE_START + special];
  });
}

/** Returns the text of tokens. Bytes that are not valid UTF-8 become "\uFFFD". */
export function decodeTokens(tokens: readonly number[]): string {
  return new TextDecoder("utf-8", { ignoreBOM: true })
    .decode(Uint8Array.from(tokens.flatMap(bytesOfToken)));
}

/** Returns the bytes of a token's text. */
export function bytesOfToken(token: number): number[] {
  const special = SPECIAL_TEXTS[token - MESSAGE_START];
  return special === undefined
    ? [token]
    : [...new TextEncoder().encode(special)];
}

/** The texts of the special tokens, in the order of their ids. */
const SPECIAL_TEXTS = ["<|im_start|>", "<|im_end|>", "<think>", "</think>"];

const SPECIAL_PATTERN = /(<\|im_start\|>|<\|im_end\|>|<think>|<\/think>)/;
