/** Whether the system is Windows, whose paths, links and signals are others. */
export function isWindows(): boolean {
  return Deno.build.os === "windows";
}
