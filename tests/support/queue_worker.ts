import { join } from "@std/path/join";
import { QueueWorker, type QueueWorkerOptions } from "../../src/queue/mod.ts";
import type { MockOpenRouter } from "../../src/testing/mod.ts";
import type { RedisServer } from "./redis_server.ts";
import { ROOT, startScript } from "./run_script.ts";

/** The API key of workers. */
export const WORKER_KEY = "sk-of-the-worker";

/**
 * The lease of a worker in milliseconds: short for fast tests, but long enough for a busy machine.
 */
const LEASE_MS = 5_000;

/** Starts a worker in this process. */
export function startWorker(
  { url: queue }: RedisServer,
  { baseUrl }: Pick<MockOpenRouter, "baseUrl">,
  options: Partial<QueueWorkerOptions> = {},
): Promise<QueueWorker> {
  return QueueWorker.start({
    queue,
    baseUrl,
    apiKey: WORKER_KEY,
    concurrency: 16,
    leaseMs: LEASE_MS,
    ...options,
  });
}

/** Starts a worker as a separate process with the command. */
export function startWorkerProcess(
  redis: RedisServer,
  mock: MockOpenRouter,
  { args = [], env = {} }: {
    readonly args?: readonly string[];
    readonly env?: Readonly<Record<string, string>>;
  } = {},
): Deno.ChildProcess {
  return startScript(join(ROOT, "src/cli/main.ts"), {
    permissions: ["--allow-net=127.0.0.1", "--allow-read", "--allow-env"],
    env: { OPENROUTER_API_KEY: WORKER_KEY, ...env },
  }, [
    ...[
      "worker",
      "--queue",
      redis.url,
      "--base-url",
      mock.baseUrl,
      "--send-key",
    ],
    ...["--concurrency", "16", "--lease-ms", String(LEASE_MS), ...args],
  ]);
}
