/** The word that is most like the given one, by Levenshtein distance, case aside. */
export function closestString(
  givenWord: string,
  possibleWords: readonly string[],
): string;
