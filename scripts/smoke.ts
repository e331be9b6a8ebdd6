/**
 * Checks that a `rollouts` command works, such as a compiled one: it samples from a mock server with its
 * workers, then again from its cache only. The arguments are the command line that starts it, such as
 * `deno run --allow-all dist/rollouts.js`.
 *
 * @module
 */

import { join } from "@std/path/join";
import { MockOpenRouter } from "../src/testing/mod.ts";

const [program, ...before] = Deno.args;
if (program === undefined) throw new Error("name the program to check");

await using mock = await MockOpenRouter.start();
const dir = await Deno.makeTempDir({ prefix: "rollouts-smoke-" });
try {
  const first = await generate([]);
  const cached = await generate(["--cache-only"]);
  if (mock.answered !== 2 || first === "" || first !== cached) {
    const { answered } = mock;
    throw new Error(
      `expected 2 requests and the same output twice, got ${answered} requests: ${first}`,
    );
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
