/** Returns the number of insertions, deletions and substitutions between two strings. */
export function levenshteinDistance(str1: string, str2: string): number;
