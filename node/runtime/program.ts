import process from "node:process";
import { hasCode } from "./has_code.ts";

export function programArguments(): readonly string[] {
  return process.argv.slice(2);
}

export function tolerateClosedOutput(): void {
  process.stdout.on("error", (error) => {
    if (!hasCode(error, "EPIPE")) throw error;
  });
}

export function setExitCode(code: number): void {
  process.exitCode = code;
}
