import { Buffer } from "node:buffer";
import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import process from "node:process";
import { PassThrough, type Readable, Writable } from "node:stream";
import { webStream } from "../../../src/platform/node/web_stream.ts";

type Options = Deno.CommandOptions;

/** Implements the part of `Deno.Command` that the tests use with Node's child processes. */
export class Command {
  readonly #program: string;
  readonly #options: Options;

  constructor(program: string | URL, options: Options = {}) {
    this.#program = String(program);
    this.#options = options;
  }

  spawn(): Child {
    return new Child(spawn(this.#program, this.#options.args ?? [], {
      ...settings(this.#options),
      stdio: [
        stdio(this.#options.stdin),
        stdio(this.#options.stdout),
        stdio(this.#options.stderr),
      ],
    }));
  }

  output(): Promise<Output> {
    return new Command(this.#program, {
      ...this.#options,
      stdin: this.#options.stdin ?? "null",
      stdout: this.#options.stdout ?? "piped",
      stderr: this.#options.stderr ?? "piped",
    }).spawn().output();
  }

  outputSync(): Output {
    const { status, signal, stdout, stderr, error } = spawnSync(
      this.#program,
      this.#options.args ?? [],
      settings(this.#options),
    );
    if (error !== undefined) throw error;
    const success = status === 0;
    return { code: status ?? 1, success, signal, stdout, stderr };
  }
}

interface Status {
  readonly code: number;
  readonly success: boolean;
  /** The signal that ended it, or `null` if it exited. */
  readonly signal: NodeJS.Signals | null;
}

interface Output extends Status {
  readonly stdout: Uint8Array;
  readonly stderr: Uint8Array;
}

/** Implements `Deno.ChildProcess`. */
class Child {
  readonly #child: ChildProcess;
  readonly stdin: WritableStream<Uint8Array> | undefined;
  readonly stdout: ReadableStream<Uint8Array> | undefined;
  readonly stderr: ReadableStream<Uint8Array> | undefined;
  readonly status: Promise<Status>;

  constructor(child: ChildProcess) {
    this.#child = child;
    const { stdin, stdout, stderr } = child;
    this.stdin = stdin === null ? undefined : Writable.toWeb(stdin);
    this.stdout = stdout === null ? undefined : kept(stdout);
    this.stderr = stderr === null ? undefined : kept(stderr);
    this.status = once(child, "exit").then(([code, signal]) => ({
      code: code ?? 128 + SIGNALS[signal as keyof typeof SIGNALS],
      success: code === 0,
      signal,
    }));
  }

  get pid(): number | undefined {
    return this.#child.pid;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.kill();
    await this.status;
  }

  kill(signal: NodeJS.Signals = "SIGTERM"): void {
    this.#child.kill(signal);
  }

  async output(): Promise<Output> {
    const [stdout, stderr, status] = await Promise.all([
      bytesOf(this.stdout),
      bytesOf(this.stderr),
      this.status,
    ]);
    return { ...status, stdout, stderr };
  }
}

/** Buffers the output of a program: Node drops unread output when the program exits. */
function kept(output: Readable): ReadableStream<Uint8Array> {
  const kept = new PassThrough();
  // If the reader cancels, close the pipe of the program.
  kept.once("close", () => output.destroy());
  return webStream(output.pipe(kept));
}

const SIGNALS = { SIGINT: 2, SIGKILL: 9, SIGTERM: 15 };

function settings({ cwd, env, clearEnv }: Options) {
  return {
    cwd,
    env: { ...clearEnv ? {} : process.env, ...env },
  };
}

function stdio(how: Options["stdin"]): "pipe" | "ignore" | "inherit" {
  if (how === "piped") return "pipe";
  return how === "null" ? "ignore" : "inherit";
}

/** Reads the rest of a stream. A test may have read the first chunks. */
async function bytesOf(
  stream: ReadableStream<Uint8Array> | undefined,
): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of stream ?? []) chunks.push(chunk);
  return Buffer.concat(chunks);
}
