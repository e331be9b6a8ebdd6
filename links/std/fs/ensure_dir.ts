/** Creates a directory and its parents if they do not exist. */
export function ensureDirSync(dir: string): void {
  Deno.mkdirSync(dir, { recursive: true });
}
