import process from "node:process";

export function currentDirectory(): string {
  return process.cwd();
}
