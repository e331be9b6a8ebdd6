/**
 * Tries a program that is the command `rollouts`, such as a compiled one: it samples twice from a mock,
 * through its workers, and a second time from its cache alone. Arguments are the program, and what
 * stands between it and the command: `deno run --allow-all dist/rollouts.js`.
 *
 * @module
 */

import { join } from "@std/path/join";
import { MockOpenRouter } from "../src/testing/mod.ts";

const [program, ...before] = Deno.args;
if (program === undefined) throw new Error("a program is missing");

await using mock = await MockOpenRouter.start();
const dir = await Deno.makeTempDir({ prefix: "rollouts-try-" });
try {
  const first = await generate([]);
  const cached = await generate(["--cache-only"]);
  if (mock.answered !== 2 || first === "" || first !== cached) {
    const { answered } = mock;
    throw new Error(`it should sample twice, got ${answered}: ${first}`);
  }
  console.log(`${program} works`);
} finally {
  await Deno.remove(dir, { recursive: true });
}

async function generate(flags: readonly string[]): Promise<string> {
  const command = ["generate", "What is 2+2?", "-m", "qwen/qwen3-30b-a3b"];
  const options = ["-n", "2", "--cache-dir", join(dir, "cache"), ...flags];
  const { success, stdout } = await new Deno.Command(program!, {
    args: [...before, ...command, ...options],
    env: { OPENROUTER_API_KEY: "sk-test", OPENROUTER_BASE_URL: mock.baseUrl },
    stderr: "inherit",
  }).output();
  if (!success) throw new Error(`${program} failed`);
  return new TextDecoder().decode(stdout);
}
