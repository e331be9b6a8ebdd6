import { fromFileUrl } from "@std/path/from-file-url";
import { join } from "@std/path/join";
import { CHECKOUT_FLAGS } from "../support/run_script.ts";
import type { Contestant } from "./contestant.ts";
import { contestantEnv } from "./contestant_env.ts";
import type { Measurement } from "./contestants/task.ts";

/** The maximum time of a contestant. One that takes longer is killed. */
const TIMEOUT_MS = 180_000;

/** The environment of a contestant. */
export interface RunContestantOptions {
  /** The directory of the contestants and their packages, or null if there is no Node. */
  readonly nodeDir: string | null;
  /** The certificate that it has to trust, or null if there is none. */
  readonly certFile: string | null;
  /** Kills it when aborted. */
  readonly signal: AbortSignal;
}

/**
 * Runs a contestant as a separate process.
 *
 * @throws {Error} If it fails or times out.
 * @throws The signal's reason if it is aborted.
 */
export async function runContestant(
  contestant: Contestant,
  task: unknown,
  { nodeDir, certFile, signal }: RunContestantOptions,
): Promise<Measurement> {
  signal.throwIfAborted();
  const [program, ...args] = commandLine(contestant, nodeDir);
  const timeout = AbortSignal.timeout(TIMEOUT_MS);
  const { success, stdout, stderr } = await new Deno.Command(program!, {
    args: [...args, JSON.stringify(task)],
    clearEnv: true,
    env: contestantEnv(certFile),
    stdin: "null",
    signal: AbortSignal.any([signal, timeout]),
  }).output();
  signal.throwIfAborted();
  const { name, runtime } = contestant;
  if (timeout.aborted) {
    throw new Error(`${name} (${runtime}) took over ${TIMEOUT_MS} ms`);
  }
  const decoder = new TextDecoder();
  if (!success) {
    throw new Error(`${name} (${runtime}) failed: ${decoder.decode(stderr)}`);
  }
  return JSON.parse(decoder.decode(stdout));
}

function commandLine(
  { runtime, file, needsPackages }: Contestant,
  nodeDir: string | null,
): string[] {
  const path = fromFileUrl(new URL(`./contestants/${file}`, import.meta.url));
  switch (runtime) {
    case "Deno": {
      const deno = [Deno.execPath(), "run", "--quiet", "--allow-all"];
      if (needsPackages) {
        if (nodeDir === null) throw new Error("there is no npm");
        const flags = ["--no-config", "--node-modules-dir=manual"];
        return [...deno, ...flags, join(nodeDir, file)];
      }
      return [...deno, ...CHECKOUT_FLAGS, path];
    }
    case "Node":
      if (nodeDir === null) throw new Error("there is no Node");
      return ["node", join(nodeDir, file)];
    case "Python":
      return ["python3", path];
  }
}
