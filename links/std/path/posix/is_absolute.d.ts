/** Whether a path begins at the root. */
export function isAbsolute(path: string): boolean;
