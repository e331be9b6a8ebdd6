import process from "node:process";
import { isWindows } from "./is_windows.ts";

export function onEndSignal(listener: () => void): () => void {
  const signals: NodeJS.Signals[] = isWindows() ? ["SIGINT"] : [
    "SIGINT",
    "SIGTERM",
  ];
  for (const name of signals) process.on(name, listener);
  return () => {
    for (const name of signals) process.off(name, listener);
  };
}
