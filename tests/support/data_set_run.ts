import { join } from "@std/path/join";
import type { MockOpenRouter } from "../../src/testing/mod.ts";
import { MODEL } from "./mock_client.ts";
import { type CliResult, runCli } from "./run_cli.ts";
import { startScript, USUAL_PERMISSIONS } from "./run_script.ts";
import type { TempDir } from "./temp_dir.ts";

/** Starts `rollouts run` as a process, in a directory, with the cache in it. */
export function startRun(
  mock: MockOpenRouter,
  dir: TempDir,
  args: readonly string[],
): Deno.ChildProcess {
  return startScript("src/cli/main.ts", {
    permissions: USUAL_PERMISSIONS,
    env: cliEnv(mock),
  }, runArgs(dir, args));
}

/** Runs `rollouts run` to its end, in this process. */
export function runDataSet(
  mock: MockOpenRouter,
  dir: TempDir,
  args: readonly string[],
): Promise<CliResult> {
  return runCli(runArgs(dir, args), cliEnv(mock));
}

function runArgs(dir: TempDir, args: readonly string[]): string[] {
  const cacheDir = join(dir.path, "cache");
  return ["run", "-m", MODEL, "--cache-dir", cacheDir, ...args];
}

/** The environment in which a command samples from a mock. */
export function cliEnv({ baseUrl }: MockOpenRouter): Record<string, string> {
  return { OPENROUTER_API_KEY: "sk-test", OPENROUTER_BASE_URL: baseUrl };
}

/** Writes a data set, and returns its path. */
export async function writeDataSet(
  dir: TempDir,
  name: string,
  text: string,
): Promise<string> {
  const file = join(dir.path, name);
  await Deno.writeTextFile(file, text);
  return file;
}

/** Values as JSON lines. */
export function jsonLines(items: readonly unknown[]): string {
  return items.map((item) => `${JSON.stringify(item)}\n`).join("");
}

/** JSON lines, read. */
export function parsedLines(text: string): Record<string, unknown>[] {
  return text.trim().split("\n").map((line) => JSON.parse(line));
}
