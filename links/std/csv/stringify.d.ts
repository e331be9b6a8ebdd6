/** Formats objects as CSV. */
export function stringify(
  data: readonly Readonly<Record<string, unknown>>[],
  options: { columns: readonly string[]; headers: boolean },
): string;
