/** Makes a directory and its parents where they are missing. */
export function ensureDirSync(dir: string): void {
  Deno.mkdirSync(dir, { recursive: true });
}
