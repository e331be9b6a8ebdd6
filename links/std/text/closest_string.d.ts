/** Returns the most similar word by Levenshtein distance, ignoring case. */
export function closestString(
  givenWord: string,
  possibleWords: readonly string[],
): string;
