import process from "node:process";
import { Writable } from "node:stream";
import { isatty } from "node:tty";
import type { Stdio } from "../stdio.ts";
import { hasCode } from "./has_code.ts";
import { webStream } from "./web_stream.ts";

const FILES = { stdin: 0, stdout: 1, stderr: 2 } as const;

/** The standard streams of the process, as Node gives access to them. */
export const stdio = {
  isTerminal: (stream) => isatty(FILES[stream]),
  columns: (stream) => process[stream].columns ?? null,
  stdin: () => webStream(process.stdin),
  stdout: () => Writable.toWeb(process.stdout),
  writeError: (text) => void process.stderr.write(text),
  isBrokenPipe: (error) => hasCode(error, "EPIPE"),
  ignoreBrokenPipe: () => {
    process.stdout.on("error", (error) => {
      if (hasCode(error, "EPIPE")) return;
      // Code that writes much handles the error itself. What `console.log()` prints has no handler.
      process.once("exit", (code) => {
        if (code !== 0) return;
        console.error(`rollouts: ${error.message}`);
        process.exitCode = 1;
      });
    });
  },
} satisfies Stdio;
