import { isWindows } from "./is_windows.ts";

/**
 * Calls `listener` at each Ctrl-C and SIGTERM, which then do not end the program.
 *
 * @returns What stops it.
 */
export function onEndSignal(listener: () => void): () => void {
  const signals: Deno.Signal[] = isWindows() ? ["SIGINT"] : [
    "SIGINT",
    "SIGTERM",
  ];
  for (const name of signals) Deno.addSignalListener(name, listener);
  return () => {
    for (const name of signals) Deno.removeSignalListener(name, listener);
  };
}
