import process from "node:process";

export function mayWrite(path: string): boolean {
  // It is there where Node runs with its own permissions, `node --permission`.
  return process.permission?.has("fs.write", path) ?? true;
}
