import { main } from "../../src/cli/main.ts";
import { overrideEnv } from "./program_env.ts";

/** What a command wrote, and its exit code. */
export interface CliResult {
  /** The exit code. */
  readonly code: number;
  /** What it wrote to stdout. */
  readonly stdout: string;
  /** What it wrote to stderr. */
  readonly stderr: string;
}

/** Runs `rollouts` in this process, with an environment of its own. */
export async function runCli(
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
): Promise<CliResult> {
  using _ = overrideEnv(env);
  let stdout = "";
  let stderr = "";
  const code = await main(args, {
    print: (line) => {
      stdout += `${line}\n`;
    },
    log: (message) => {
      stderr += `rollouts: ${message}\n`;
    },
    write: (text) => {
      stdout += text;
      return Promise.resolve();
    },
  });
  return { code, stdout, stderr };
}
