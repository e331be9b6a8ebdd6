/** Returns a number with its noun, such as "1 file" or "2 files". */
export function countNoun(
  number: number,
  noun: string,
  plural = `${noun}s`,
): string {
  return `${number} ${number === 1 ? noun : plural}`;
}
