import { existsSync } from "node:fs";
import { freePort } from "./free_port.ts";
import { isListening } from "./is_listening.ts";
import { TempDir } from "./temp_dir.ts";
import { until } from "./until.ts";

/** The path of Redis on Debian. */
const REDIS = "/usr/bin/redis-server";

/**
 * Options of tests with Redis: skipped if it is not installed, except in CI, where they then fail.
 */
export const withRedis = {
  ignore: !existsSync(REDIS) && Deno.env.get("CI") === undefined,
  // After a long answer, the parser of Redis' answers shrinks its buffer with an interval, which
  // ends.
  sanitizeOps: false,
  sanitizeResources: false,
};

/** A Redis server with an append-only file in its own directory. */
export class RedisServer implements AsyncDisposable {
  readonly #dir = new TempDir();
  readonly #args: (port: number) => readonly string[];
  #child: Deno.ChildProcess | null = null;
  #port = 0;

  private constructor(args: (port: number) => readonly string[]) {
    this.#args = args;
  }

  /**
   * Starts a server, with more arguments of `redis-server` for its port. Resolves when it listens.
   */
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

  /** Its URL. */
  get url(): string {
    return `redis://127.0.0.1:${this.port}`;
  }

  /** The directory of its files. */
  get dir(): string {
    return this.#dir.path;
  }

  /**
   * Restarts it on the same port and with the same append-only file. Returns false if it has been
   * stopped.
   */
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

  /** Stops it, immediately if the signal is SIGKILL. */
  async stop(signal: Deno.Signal = "SIGTERM"): Promise<void> {
    this.#child?.kill(signal);
    await this.#child?.status;
    this.#child = null;
  }

  /** Stops it, and removes its files. */
  async [Symbol.asyncDispose](): Promise<void> {
    await this.stop();
    await this.#dir[Symbol.asyncDispose]();
  }
}
