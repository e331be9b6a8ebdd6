/** A text of at most a number of characters, with `…` if it is cut. */
export function shortened(text: string, length: number): string {
  return text.length > length
    ? `${text.slice(0, length - 1).trimEnd()}…`
    : text;
}
