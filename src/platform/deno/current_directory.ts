/**
 * Where the program stands.
 *
 * @throws {Error} Where it may not know, or the directory is gone.
 */
export function currentDirectory(): string {
  return Deno.cwd();
}
