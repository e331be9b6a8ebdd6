import { main } from "../../src/cli/main.ts";
import type { MockOpenRouter } from "../../src/testing/mod.ts";
import { overrideEnv } from "./program_env.ts";
import { startScript, USUAL_PERMISSIONS } from "./run_script.ts";

/** The output of a command, and its exit code. */
export interface CliResult {
  /** The exit code. */
  readonly code: number;
  /** The output to stdout. */
  readonly stdout: string;
  /** The output to stderr. */
  readonly stderr: string;
}

/** Runs `rollouts` in this process, with the given environment. */
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

/** Starts `rollouts` as a process that samples from a mock. */
export function startCli(
  mock: MockOpenRouter,
  args: readonly string[],
  cwd?: string,
): Deno.ChildProcess {
  return startScript("src/cli/main.ts", {
    permissions: USUAL_PERMISSIONS,
    env: cliEnv(mock),
    ...(cwd === undefined ? {} : { cwd }),
  }, args);
}

/** Returns the environment in which a command samples from a mock. */
export function cliEnv({ baseUrl }: MockOpenRouter): Record<string, string> {
  return { OPENROUTER_API_KEY: "sk-test", OPENROUTER_BASE_URL: baseUrl };
}
