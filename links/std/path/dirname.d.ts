/** Returns the path of the directory that contains a path. */
export function dirname(path: string): string;
