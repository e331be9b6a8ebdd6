/** The path of the directory that a path is in. */
export function dirname(path: string): string;
