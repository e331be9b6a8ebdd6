import type { ProcessId, System } from "../system.ts";
import { isGranted } from "./is_granted.ts";

/** The process and the machine it runs on, as Deno gives access to them. */
export const system = {
  isWindows: () => Deno.build.os === "windows",
  cpuCount: () => navigator.hardwareConcurrency,
  readEnv: (variable) =>
    isGranted({ name: "env", variable })
      ? Deno.env.get(variable) || undefined
      : undefined,
  envNames: () =>
    isGranted({ name: "env" }) ? Object.keys(Deno.env.toObject()) : [],
  envHint: (variable) =>
    isGranted({ name: "env", variable })
      ? ""
      : ` and run with --allow-env=${variable},`,
  cwd: () => Deno.cwd(),
  args: () => Deno.args,
  setExitCode: (code) => {
    Deno.exitCode = code;
  },
  onUncaughtError: (listener) => {
    globalThis.addEventListener("error", (event) => {
      event.preventDefault();
      listener(event.error);
    });
    globalThis.addEventListener("unhandledrejection", (event) => {
      event.preventDefault();
      listener(event.reason);
    });
  },
  exit: (code) => Deno.exit(code),
  onTerminationSignal: (listener) => {
    const signals: Deno.Signal[] = ["SIGINT"];
    if (Deno.build.os !== "windows") signals.push("SIGTERM");
    for (const name of signals) Deno.addSignalListener(name, listener);
    return () => {
      for (const name of signals) Deno.removeSignalListener(name, listener);
    };
  },
  setUnrefTimeout: (listener, delayMs) => {
    const timer = setTimeout(listener, delayMs);
    Deno.unrefTimer(timer);
    return () => clearTimeout(timer);
  },
  processId: (): ProcessId | null => null,
  hasExited: (_pid: number) => false,
} satisfies System;
