import process from "node:process";
import { hasCode } from "./has_code.ts";

export function programArguments(): readonly string[] {
  return process.argv.slice(2);
}

export function tolerateClosedOutput(): void {
  process.stdout.on("error", (error) => {
    if (hasCode(error, "EPIPE")) return;
    // Who writes much hears of it. What is printed on the way has nobody who does.
    process.once("exit", (code) => {
      if (code !== 0) return;
      console.error(`rollouts: ${error.message}`);
      process.exitCode = 1;
    });
  });
}

export function setExitCode(code: number): void {
  process.exitCode = code;
}
