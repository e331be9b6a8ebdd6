/** Whether the program may read a file. It never makes Deno ask for the permission. */
export function mayRead(path: string): boolean {
  return Deno.permissions.querySync({ name: "read", path }).state === "granted";
}
