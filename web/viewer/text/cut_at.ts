/** Where a text is cut at about a length: never between the two halves of a character. */
export function cutAt(text: string, length: number): number {
  if (length >= text.length) return text.length;
  const last = text.charCodeAt(length - 1);
  return last >= 0xd800 && last <= 0xdbff ? length - 1 : length;
}
