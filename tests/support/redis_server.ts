import { existsSync } from "node:fs";
import { freePort } from "./free_port.ts";
import { isListening } from "./is_listening.ts";
import { TempDir } from "./temp_dir.ts";
import { until } from "./until.ts";

/** Redis as Debian has it. */
const REDIS = "/usr/bin/redis-server";

/** For tests with Redis: ignored where it is not installed, but not in CI, where they then fail. */
export const withRedis = {
  ignore: !existsSync(REDIS) && Deno.env.get("CI") === undefined,
  // The parser of Redis' answers shrinks its buffer by an interval after a long one, and ends that by itself.
  sanitizeOps: false,
  sanitizeResources: false,
};

/** A Redis of its own, with an append-only file in a directory of its own. */
export class RedisServer implements AsyncDisposable {
  readonly #dir = new TempDir();
  readonly #args: (port: number) => readonly string[];
  #child: Deno.ChildProcess | null = null;
  #port = 0;

  private constructor(args: (port: number) => readonly string[]) {
    this.#args = args;
  }

  /** Starts one, with more arguments of `redis-server` for its port; it listens when the promise resolves. */
  static async start(
    args: (port: number) => readonly string[] = () => [],
  ): Promise<RedisServer> {
    const server = new RedisServer(args);
    do server.#port = await freePort(); while (!await server.startAgain());
    return server;
  }

  /** The TCP port. */
  get port(): number {
    return this.#port;
  }

  /** Its address. */
  get url(): string {
    return `redis://127.0.0.1:${this.port}`;
  }

  /** Where its files are. */
  get dir(): string {
    return this.#dir.path;
  }

  /** Starts it again where it was, with the append-only file that it had; false where it has ended. */
  async startAgain(): Promise<boolean> {
    const child = new Deno.Command(REDIS, {
      args: [
        ...["--port", String(this.port), "--bind", "127.0.0.1"],
        ...["--dir", this.#dir.path, "--save", "", "--appendonly", "yes"],
        ...this.#args(this.port),
      ],
      stdin: "null",
      stdout: "null",
      stderr: "null",
    }).spawn();
    let hasEnded = false;
    child.status.then(() => hasEnded = true);
    await until(async () => hasEnded || await isListening(this.port));
    if (hasEnded) return false;
    this.#child = child;
    return true;
  }

  /** Ends it, at once where the signal is SIGKILL. */
  async stop(signal: Deno.Signal = "SIGTERM"): Promise<void> {
    this.#child?.kill(signal);
    await this.#child?.status;
    this.#child = null;
  }

  /** Ends it, and removes its files. */
  async [Symbol.asyncDispose](): Promise<void> {
    await this.stop();
    await this.#dir[Symbol.asyncDispose]();
  }
}
