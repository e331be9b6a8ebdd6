/** Whether the program may write a file. It never makes Deno ask for the permission. */
export function mayWrite(path: string): boolean {
  return Deno.permissions.querySync({ name: "write", path }).state ===
    "granted";
}
