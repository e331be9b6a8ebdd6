import { join } from "@std/path/join";
import type { MockOpenRouter } from "../../src/testing/mod.ts";
import { MODEL } from "./mock_client.ts";
import { cliEnv, type CliResult, runCli, startCli } from "./run_cli.ts";
import type { TempDir } from "./temp_dir.ts";

/** Starts `rollouts run` as a process in a directory that also contains the cache. */
export function startRun(
  mock: MockOpenRouter,
  dir: TempDir,
  args: readonly string[],
): Deno.ChildProcess {
  return startCli(mock, runArgs(dir, args));
}

/** Runs `rollouts run` in this process. */
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

/** Formats values as JSON lines. */
export function jsonLines(items: readonly unknown[]): string {
  return items.map((item) => `${JSON.stringify(item)}\n`).join("");
}

/** Parses JSON lines. */
export function parsedLines(text: string): Record<string, unknown>[] {
  return text.trim().split("\n").map((line) => JSON.parse(line));
}
