/** Returns the relative path from `from` to `to`. */
export function relative(from: string, to: string): string;
