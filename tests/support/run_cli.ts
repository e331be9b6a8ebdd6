import { main } from "../../src/cli/main.ts";

/** Runs `rollouts` in this process, and returns its exit code and what it wrote. */
export async function runCli(
  args: readonly string[],
): Promise<{ code: number; stdout: string; stderr: string }> {
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
