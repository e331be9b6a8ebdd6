import type { Logger } from "../logger.ts";
import { interrupted } from "../platform/interrupted.ts";
import { stderrLogger } from "../platform/stderr_logger.ts";
import { system } from "../platform/deno/system.ts";

/** Watches for an interrupt until it is disposed. */
export interface InterruptWatch extends Disposable {
  /** Whether the program has been interrupted. */
  readonly happened: boolean;
}

/** A client, or anything else that can stop starting requests. */
export interface Stoppable {
  /** Starts no more requests. */
  stop(): void;
  /** Receives the message about the interrupt. By default it is written to stderr. */
  readonly logger?: Pick<Logger, "warn">;
}

/**
 * Stops a client gracefully at Ctrl-C or SIGTERM. The client starts no more requests, and those in
 * flight, which are paid for, finish. Each call then returns its samples, and the process exits with
 * code 130. A later run of the same program continues from the cache. A second interrupt ends the
 * process immediately.
 *
 * @param client The client to stop.
 * @returns The watch. Dispose of it, for example by `using`, to stop watching.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { RolloutsClient, stopOnInterrupt } from "@rollouts/client";
 *
 * await using client = new RolloutsClient({ model: "qwen/qwq-32b" });
 * using interrupt = stopOnInterrupt(client);
 * // await client.generate("What is 2+2?", { nSamples: 1000 });
 * assertEquals(interrupt.happened, false);
 * ```
 */
export function stopOnInterrupt(client: Stoppable): InterruptWatch {
  const ended = new AbortController();
  let happened = false;
  interrupted(ended.signal).then(() => {
    happened = true;
    system.setExitCode(130);
    client.stop();
    (client.logger ?? stderrLogger).warn(
      "interrupted: finishing requests in flight; interrupt again to exit now",
    );
  });
  return {
    get happened() {
      return happened;
    },
    [Symbol.dispose]: () => ended.abort(),
  };
}
