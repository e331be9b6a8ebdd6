import { interrupted } from "../platform/interrupted.ts";
import { system } from "../platform/deno/system.ts";

/** Watches for an interrupt until it is disposed of. */
export interface InterruptWatch extends Disposable {
  /** Whether the program has been interrupted. */
  readonly happened: boolean;
}

/** What an interrupt stops. */
export interface Stoppable {
  /** Starts no more requests. */
  stop(): void;
}

/**
 * Lets a program that is interrupted, by Ctrl-C or SIGTERM, come to a good end. The client starts no
 * more requests; those under way, which are paid, are waited for and kept; each call returns what
 * is there; and the exit code is 130. The same program goes on from there when it is run again.
 * A second interrupt ends it at once.
 *
 * @param client What is stopped.
 * @returns The watch, which ends with a `using` block.
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
  const end = new AbortController();
  let happened = false;
  interrupted(end.signal).then(() => {
    happened = true;
    system.setExitCode(130);
    client.stop();
    console.error(
      "rollouts: interrupted: no more requests; waiting for those under way, which are paid (again: end at once)",
    );
  });
  return {
    get happened() {
      return happened;
    },
    [Symbol.dispose]: () => end.abort(),
  };
}
