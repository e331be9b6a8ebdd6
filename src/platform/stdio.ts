import type { ByteStream } from "./fs.ts";

/** The standard streams of the process. Implemented by `deno/stdio.ts` and `node/stdio.ts`. */
export interface Stdio {
  /** Whether a standard stream is connected to a terminal. */
  isTerminal(stream: "stdin" | "stdout" | "stderr"): boolean;
  /** Returns the width of the terminal in characters, or `null` if the stream is not a terminal. */
  columns(stream: "stdout" | "stderr"): number | null;
  /** Returns standard input as a stream. */
  stdin(): ByteStream;
  /** Returns standard output as a stream. */
  stdout(): WritableStream<Uint8Array>;
  /** Writes text to standard error, without a line end. */
  writeError(text: string): void;
  /** Whether a write failed because the reader is gone, as in `rollouts … | head`. */
  isBrokenPipe(error: unknown): boolean;
  /** Keeps the process running if the reader of standard output is gone, as in `rollouts … | head`. */
  ignoreBrokenPipe(): void;
}
