/** Resolves path segments into an absolute path. */
export function resolve(...pathSegments: string[]): string;
