/** Joins path segments with the system's separator, and normalizes the result. */
export function join(path?: string, ...paths: string[]): string;
