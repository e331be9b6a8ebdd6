/** How many letters have to be put in, left out or changed to make one text the other. */
export function levenshteinDistance(str1: string, str2: string): number;
