import process from "node:process";

export function programArguments(): readonly string[] {
  return process.argv.slice(2);
}

export function setExitCode(code: number): void {
  process.exitCode = code;
}
