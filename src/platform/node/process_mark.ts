import { readFileSync, readlinkSync } from "node:fs";
import { hostname } from "node:os";
import process from "node:process";
import type { ProcessMark } from "../deno/process_mark.ts";
import { hasCode } from "./has_code.ts";

export function processMark(): ProcessMark | null {
  try {
    return { id: process.pid, place: place() };
  } catch {
    return null;
  }
}

export function hasEnded(id: number): boolean {
  try {
    process.kill(id, 0);
    return false;
  } catch (error) {
    // Any other error, such as EPERM, is that of a process that is there.
    return hasCode(error, "ESRCH");
  }
}

/** Containers of one machine share its boot, and count their processes each for itself. */
function place(): string {
  if (process.platform !== "linux") return hostname();
  const boot = readFileSync("/proc/sys/kernel/random/boot_id", "utf8").trim();
  return `${boot} ${readlinkSync("/proc/self/ns/pid")}`;
}
