/** The beginning of the name of a lock holder's file, before its id. */
export const HOLDER_PREFIX = ".owner-";

/** Whether a file of a cache directory is named like that of a lock holder. */
export function isHolderFile(name: string): boolean {
  return name.startsWith(HOLDER_PREFIX);
}

/** The last line of a holder's file: how many samples it has locked. All such lines have the same length. */
export function inFlightLine(count: number): string {
  return `in flight ${String(Math.min(count, 99_999_999)).padStart(8)}\n`;
}

/** Returns how many samples a holder has locked, by the text of its file, or `null` if it is not there. */
export function readInFlight(text: string): number | null {
  const count = text.match(/^in flight +(\d{1,8})$/m)?.[1];
  return count === undefined ? null : Number(count);
}
