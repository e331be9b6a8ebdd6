/** The path that leads from `from` to `to`. */
export function relative(from: string, to: string): string;
