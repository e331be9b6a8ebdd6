import { readFileSync, readlinkSync } from "node:fs";
import { availableParallelism, hostname } from "node:os";
import process from "node:process";
import { clearTimeout, setTimeout } from "node:timers";
import type { System } from "../system.ts";
import { hasCode } from "./has_code.ts";

/** The process and the machine it runs on, as Node gives access to them. */
export const system = {
  isWindows: () => process.platform === "win32",
  cpuCount: () => availableParallelism(),
  readEnv: (name) => process.env[name] || undefined,
  envNames: () => Object.keys(process.env),
  envHint: () => "",
  cwd: () => process.cwd(),
  args: () => process.argv.slice(2),
  setExitCode: (code) => {
    process.exitCode = code;
  },
  onUncaughtError: (listener) => {
    // This includes unhandled rejections.
    process.on("uncaughtException", listener);
  },
  exit: (code) => process.exit(code),
  onTerminationSignal: (listener) => {
    const signals: NodeJS.Signals[] = ["SIGINT"];
    if (process.platform !== "win32") signals.push("SIGTERM");
    for (const name of signals) process.on(name, listener);
    return () => {
      for (const name of signals) process.off(name, listener);
    };
  },
  setUnrefTimeout: (listener, delayMs) => {
    const timer = setTimeout(listener, delayMs).unref();
    return () => clearTimeout(timer);
  },
  processId: () => {
    try {
      return { pid: process.pid, namespace: pidNamespace() };
    } catch {
      return null;
    }
  },
  hasExited: (pid) => {
    try {
      process.kill(pid, 0);
      return false;
    } catch (error) {
      // Any other error, such as EPERM, shows that the process exists.
      return hasCode(error, "ESRCH");
    }
  },
} satisfies System;

/** Containers of one machine share its boot, but each counts its own processes. */
function pidNamespace(): string {
  if (process.platform !== "linux") return hostname();
  const boot = readFileSync("/proc/sys/kernel/random/boot_id", "utf8").trim();
  return `${boot} ${readlinkSync("/proc/self/ns/pid")}`;
}
