/** Makes a directory and its parents where they are missing. */
export function ensureDir(dir: string | URL): Promise<void>;
/** Makes a directory and its parents where they are missing. */
export function ensureDirSync(dir: string | URL): void;
