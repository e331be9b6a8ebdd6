import { levenshteinDistance } from "@std/text/levenshtein-distance";

/**
 * Returns the name of which a word looks like a misspelling, or `null`. Case, spaces and
 * punctuation do not count. Two neighboring letters may be swapped, one letter may differ in a
 * word of five letters or more, and two in a word of seven or more.
 */
export function similarName(
  word: string,
  names: readonly string[],
): string | null {
  const letters = lettersOf(word);
  const maxDistance = letters.length < 5 ? 0 : letters.length < 7 ? 1 : 2;
  const distances = names.map((name) => {
    const other = lettersOf(name);
    return isSwapped(letters, other)
      ? maxDistance
      : levenshteinDistance(letters, other);
  });
  const nearest = Math.min(...distances);
  return nearest > maxDistance ? null : names[distances.indexOf(nearest)]!;
}

function lettersOf(name: string): string {
  return name.toLowerCase().replaceAll(/[^\p{L}\p{N}]/gu, "");
}

/** Whether two words differ only in the order of two neighboring letters. */
function isSwapped(a: string, b: string): boolean {
  const at = [...a].findIndex((letter, index) => letter !== b[index]);
  return at >= 0 &&
    `${a.slice(0, at)}${a[at + 1]}${a[at]}${a.slice(at + 2)}` === b;
}
