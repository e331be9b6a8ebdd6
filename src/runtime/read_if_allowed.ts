/**
 * The text of a file; null where there is none, or the program may not read it. It never makes
 * Deno ask for the permission.
 */
export function readIfAllowed(path: string): string | null {
  const { state } = Deno.permissions.querySync({ name: "read", path });
  if (state !== "granted") return null;
  try {
    return Deno.readTextFileSync(path);
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return null;
    throw error;
  }
}
