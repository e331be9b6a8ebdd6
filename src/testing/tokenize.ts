/**
 * Splits a text into the mock's tokens: a word with the space before it, up to three digits, a run
 * of white space, or one other character. Joined again, the tokens give the text.
 */
export function tokenize(text: string): string[] {
  return text.match(TOKEN) ?? [];
}

/** Counts the tokens that {@linkcode tokenize} splits a text into. */
export function countTokens(text: string): number {
  TOKEN.lastIndex = 0;
  let count = 0;
  while (TOKEN.test(text)) count++;
  return count;
}

const TOKEN = / ?\p{L}{1,12}| ?\p{N}{1,3}|\s+|[^\s\p{L}\p{N}]/gu;
